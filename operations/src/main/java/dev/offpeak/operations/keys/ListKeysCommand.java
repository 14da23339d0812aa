package dev.offpeak.operations.keys;

import dev.offpeak.operations.cluster.Cluster;
import dev.offpeak.operations.cluster.ClusterOptions;
import dev.offpeak.operations.cluster.CommandEnvironment;
import dev.offpeak.operations.cluster.SkippedRecords;
import dev.offpeak.schemas.avro.GatewayKey;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code offpeak keys list}: the keys of llm.keys, without what they are. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "List keys with what holds for them; those of a configuration are not here.")
final class ListKeysCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Mixin private final ClusterOptions cluster;

  @Option(names = "--all", description = "Also those that are revoked or expired.")
  private boolean all;

  @Option(names = "--json", description = "One JSON object a line, for a program.")
  private boolean json;

  ListKeysCommand(CommandEnvironment surroundings) {
    this.cluster = new ClusterOptions(surroundings);
  }

  @Override
  public Integer call() throws InterruptedException {
    CommandLine line = Objects.requireNonNull(spec, "set by picocli").commandLine();
    SkippedRecords leftOut = new SkippedRecords();
    Instant now = Clock.systemUTC().instant();
    try (Cluster open = cluster.open()) {
      Collection<GatewayKey> keys =
          KeyTopic.read(open, leftOut).values().stream()
              .filter(key -> all || KeyText.isGood(key, now))
              .toList();
      if (json) {
        keys.forEach(key -> line.getOut().println(KeyText.json(key)));
      } else {
        line.getOut().print(KeyText.of(keys, now));
      }
      line.getOut().flush();
    }
    leftOut.say(line.getErr());
    return 0;
  }
}
