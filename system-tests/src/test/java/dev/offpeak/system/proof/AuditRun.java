package dev.offpeak.system.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.offpeak.operations.audit.AuditCommand;
import dev.offpeak.operations.cluster.CommandEnvironment;
import dev.offpeak.system.world.Installation;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;

/**
 * {@code offpeak audit} over the whole installation and the simulator's ledger.
 *
 * @param exitCode 0 when clean, 1 when not
 * @param report its {@code --json}
 */
public record AuditRun(int exitCode, JsonNode report) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Runs it. */
  public static AuditRun of(Installation installation) throws IOException {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        new CommandLine(new AuditCommand(CommandEnvironment.ofProcess(List.of())))
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(
                "--bootstrap-servers",
                installation.addresses().kafka(),
                "--registry",
                installation.addresses().registry(),
                "--ledger",
                installation.simulator().ledger().toString(),
                "--json");
    if (out.toString().isBlank()) {
      throw new IOException("offpeak audit ended with " + code + ": " + err);
    }
    return new AuditRun(code, JSON.readTree(out.toString()));
  }

  /** A number of the report, such as {@code missing}. */
  public long count(String name) {
    return report.path(name).asLong();
  }
}
