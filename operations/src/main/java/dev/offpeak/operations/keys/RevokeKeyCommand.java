package dev.offpeak.operations.keys;

import dev.offpeak.operations.cluster.Cluster;
import dev.offpeak.operations.cluster.ClusterOptions;
import dev.offpeak.operations.cluster.CommandEnvironment;
import dev.offpeak.operations.cluster.SkippedRecords;
import dev.offpeak.operations.inventory.NearestNames;
import dev.offpeak.schemas.avro.GatewayKey;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code offpeak keys revoke}: nobody is let in with that key any more. */
@Command(
    name = "revoke",
    mixinStandardHelpOptions = true,
    description =
        "Let nobody in with that key any more, for good. What was admitted with it goes on.")
final class RevokeKeyCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Mixin private final ClusterOptions cluster;

  @Parameters(paramLabel = "NAME", description = "As keys list shows it.")
  private String name = "";

  RevokeKeyCommand(CommandEnvironment surroundings) {
    this.cluster = new ClusterOptions(surroundings);
  }

  @Override
  public Integer call() throws InterruptedException {
    CommandLine line = Objects.requireNonNull(spec, "set by picocli").commandLine();
    SkippedRecords leftOut = new SkippedRecords();
    try (Cluster open = cluster.open()) {
      Map<String, GatewayKey> all = KeyTopic.read(open, leftOut);
      GatewayKey key = all.get(name);
      if (key == null) {
        throw new ParameterException(
            line,
            "there is no key '"
                + name
                + "' in llm.keys; those of a configuration (auth.keys) are taken away there. "
                + NearestNames.to(name, all.keySet()));
      }
      if (key.getRevokedAt() == null) {
        Instant now = Clock.systemUTC().instant();
        KeyTopic.write(open, GatewayKey.newBuilder(key).setRevokedAt(now).build());
      }
      line.getOut().println("revoked the key '" + name + "' of tenant '" + key.getTenant() + "'");
      line.getOut().flush();
    }
    leftOut.say(line.getErr());
    return 0;
  }
}
