package dev.offpeak.operations.replay;

import dev.offpeak.operations.cluster.Cluster;
import dev.offpeak.operations.cluster.ClusterOptions;
import dev.offpeak.operations.cluster.Surroundings;
import dev.offpeak.provider.price.PriceLists;
import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.schemas.avro.LlmRequest;
import dev.offpeak.schemas.request.RequestDecoder;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that choosing from llm.requests and from llm.failures share. */
final class ReplayOptions {

  @Mixin private final ClusterOptions cluster;

  @Option(
      names = "--replay-id",
      required = true,
      paramLabel = "NAME",
      description =
          "Names this replay. Run again with the same name, it sends nothing twice; a new name is"
              + " executed, and paid, again.")
  private String replayId = "";

  @Option(names = "--from", paramLabel = "TIME", description = "Written at that time or later.")
  @Nullable Instant from;

  @Option(names = "--to", paramLabel = "TIME", description = "Written before that time.")
  @Nullable Instant to;

  @Option(names = "--tenant", paramLabel = "NAME", description = "Of that tenant.")
  private @Nullable String tenant;

  @Option(
      names = "--label",
      paramLabel = "NAME=VALUE",
      description = "With that label; may be repeated.")
  private Map<String, String> labels = Map.of();

  @Option(names = "--of-model", paramLabel = "GLOB", description = "For such models.")
  private @Nullable String ofModel;

  @Option(names = "--model", paramLabel = "NAME", description = "Send them to this model instead.")
  private @Nullable String model;

  @Option(names = "--account", paramLabel = "NAME", description = "Send them to this account.")
  private @Nullable String account;

  @Option(names = "--dry-run", description = "Count and price; send nothing.")
  private boolean dryRun;

  @Option(
      names = "--request-bytes",
      paramLabel = "SIZE",
      defaultValue = "8MiB",
      description = "limits.request-bytes of the installation; default ${DEFAULT-VALUE}.")
  private String requestBytes = "8MiB";

  /** Options of a command that is started there. */
  ReplayOptions(Surroundings surroundings) {
    this.cluster = new ClusterOptions(surroundings);
  }

  /** Puts what was chosen where a replay finds it. */
  @FunctionalInterface
  interface Source {
    /** Offers every request of the source. */
    void offerTo(Replay replay, Cluster cluster) throws InterruptedException;
  }

  /** Runs a replay of the source and says what it did. */
  int run(Source source, PrintWriter out) throws InterruptedException {
    Target target = new Target(replayId, account, model);
    LocalDate today = LocalDate.ofInstant(Clock.systemUTC().instant(), ZoneOffset.UTC);
    ReplayCount count = new ReplayCount(PriceLists.builtIn(), today);
    try (Cluster open = cluster.open();
        Producer<byte[], byte[]> producer =
            dryRun ? null : open.producer(ByteSize.parse(requestBytes))) {
      source.offerTo(replay(open, target, producer, count), open);
    }
    out.print(count.text());
    out.printf(
        "%s%,d requests, replay id '%s'%n",
        dryRun ? "dry run, nothing sent: " : "sent ", count.requests(), replayId);
    out.flush();
    return 0;
  }

  private Replay replay(
      Cluster open, Target target, @Nullable Producer<byte[], byte[]> producer, ReplayCount count) {
    String topic = open.topics().requests().name();
    Deserializer<LlmRequest> reader = open.serdes().deserializer(LlmRequest.class);
    Serializer<LlmRequest> writer = open.serdes().serializer(LlmRequest.class);
    return new Replay(
        new RequestDecoder((headers, value) -> reader.deserialize(topic, headers, value)),
        new Selection(tenant, labels, ofModel),
        target,
        new Rewriting(
            topic,
            target,
            value -> reader.deserialize(topic, value),
            request -> writer.serialize(topic, request)),
        producer,
        count);
  }
}
