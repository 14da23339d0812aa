package dev.offpeak.operations.command;

import dev.offpeak.operations.audit.AuditCommand;
import dev.offpeak.operations.cluster.CommandEnvironment;
import dev.offpeak.operations.control.AccountCommand;
import dev.offpeak.operations.control.CancelCommand;
import dev.offpeak.operations.control.FlushCommand;
import dev.offpeak.operations.jobs.JobsCommand;
import dev.offpeak.operations.replay.ReplayCommand;
import dev.offpeak.operations.replay.RetryFailuresCommand;
import dev.offpeak.schemas.avro.ControlAction;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Where commands are typed: each is given the installation by OFFPEAK_CONFIG. */
final class Desk {

  private final CommandEnvironment here;

  @Command(name = "offpeak")
  private static final class Offpeak {}

  /**
   * What a command did.
   *
   * @param code its exit code
   * @param said all that it printed
   */
  record Did(int code, String said) {}

  private Desk(Path config, Path folder) {
    this.here =
        new CommandEnvironment(List.of(), Map.of("OFFPEAK_CONFIG", config.toString()), folder);
  }

  static Desk with(String yaml, Path folder) throws IOException {
    return new Desk(Files.writeString(folder.resolve("cluster.yaml"), yaml), folder);
  }

  Did run(String... arguments) {
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said, true);
    int code =
        new CommandLine(new Offpeak())
            .addSubcommand("audit", new AuditCommand(here))
            .addSubcommand("jobs", JobsCommand.commandLine(here))
            .addSubcommand("replay", new ReplayCommand(here))
            .addSubcommand("retry-failures", new RetryFailuresCommand(here))
            .addSubcommand("flush", new FlushCommand(here))
            .addSubcommand("cancel", new CancelCommand(here))
            .addSubcommand("pause", new AccountCommand(ControlAction.PAUSE, here))
            .addSubcommand("resume", new AccountCommand(ControlAction.RESUME, here))
            .setOut(out)
            .setErr(out)
            .setExecutionExceptionHandler(
                (problem, line, _) -> {
                  line.getErr().println(problem);
                  return 3;
                })
            .execute(arguments);
    return new Did(code, said.toString());
  }
}
