package dev.offpeak.operations.replay;

import dev.offpeak.operations.cluster.Cluster;
import dev.offpeak.operations.cluster.CommandEnvironment;
import dev.offpeak.operations.cluster.TopicReader;
import dev.offpeak.operations.cluster.TopicSlice;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code offpeak replay}: requests of llm.requests, executed again. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description =
        "Execute requests of llm.requests again, chosen by time, offset, tenant, label, model.")
public final class ReplayCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Mixin private final ReplayOptions options;

  @Option(
      names = "--offsets",
      paramLabel = "PARTITION=FROM-TO",
      description = "Offsets of one partition, both ends included; may be repeated.")
  private Map<Integer, String> offsets = Map.of();

  /** A command that is started there. */
  public ReplayCommand(CommandEnvironment surroundings) {
    this.options = new ReplayOptions(surroundings);
  }

  @Override
  public Integer call() throws InterruptedException {
    return options.run(
        (replay, _, leftOut, cluster) -> {
          TopicReader reader = new TopicReader(cluster);
          reader.read(
              slice(reader, cluster),
              leftOut.sparing(
                  record ->
                      replay.offer(
                          new OriginalRequest(
                              record.key(),
                              record.value(),
                              record.headers(),
                              OriginalRequest.place(record)))));
        },
        line());
  }

  /** The topic's end is taken before the first request is sent again. */
  private TopicSlice slice(TopicReader reader, Cluster cluster) throws InterruptedException {
    String topic = cluster.topics().requests().name();
    TopicSlice byTime = reader.slice(topic, options.from, options.to);
    if (offsets.isEmpty()) {
      return byTime;
    }
    Map<TopicPartition, long[]> wished =
        offsets.entrySet().stream()
            .collect(
                Collectors.toMap(
                    entry -> new TopicPartition(topic, entry.getKey()),
                    entry -> bounds(entry.getValue())));
    try {
      return byTime.within(wished);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(line(), "--offsets: " + e.getMessage(), e);
    }
  }

  private long[] bounds(String text) {
    String[] ends = text.split("-", 2);
    try {
      long first = Long.parseLong(ends[0]);
      long last = Long.parseLong(ends[ends.length - 1]);
      if (first <= last) {
        return new long[] {first, last + 1};
      }
      throw new NumberFormatException("the range is empty");
    } catch (NumberFormatException e) {
      throw new ParameterException(
          line(),
          "--offsets is '" + text + "'; it must be PARTITION=FROM-TO, such as 3=1000-1999",
          e);
    }
  }

  private CommandLine line() {
    return Objects.requireNonNull(spec, "set by picocli").commandLine();
  }
}
