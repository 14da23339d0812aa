package dev.offpeak.operations.replay;

import dev.offpeak.operations.cluster.Cluster;
import dev.offpeak.operations.cluster.SkippedRecords;
import dev.offpeak.operations.cluster.TopicReader;
import dev.offpeak.provider.price.PriceLists;
import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.schemas.avro.LlmRequest;
import dev.offpeak.schemas.request.RequestDecoder;
import dev.offpeak.schemas.request.TakenUrls;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Chosen requests of an installation, sent again.
 *
 * @param from when the first of them was written; null for any time
 * @param largest request that the installation takes
 * @param dryRun counts and sends nothing
 */
record Sending(
    Cluster open,
    Selection selection,
    ReplayTarget target,
    @Nullable Instant from,
    ByteSize largest,
    boolean dryRun) {

  private static final Duration SKEW = Duration.ofHours(1);

  /** Puts what was chosen where a replay finds it. */
  @FunctionalInterface
  interface Source {
    /** Offers every request of the source. */
    void offerTo(Replay replay, ReplayCount count, SkippedRecords leftOut, Cluster cluster)
        throws InterruptedException;
  }

  /** Sends what is chosen of the source, or counts it. */
  ReplayCount run(Source source, SkippedRecords leftOut) throws InterruptedException {
    LocalDate today = LocalDate.ofInstant(Clock.systemUTC().instant(), ZoneOffset.UTC);
    ReplayCount count = new ReplayCount(PriceLists.builtIn(), today);
    RequestDecoder decoder = decoder();
    ReplayIdentities before = sentBefore(decoder);
    try (Producer<byte[], byte[]> producer = dryRun ? null : open.producer(largest)) {
      Replay replay =
          new Replay(decoder, selection, target, rewriting(), before, largest, producer, count);
      source.offerTo(replay, count, leftOut, open);
      replay.finish();
    }
    return count;
  }

  private ReplayIdentities sentBefore(RequestDecoder decoder) throws InterruptedException {
    TopicReader reader = new TopicReader(open);
    // A replay of something is written after it; clocks may differ.
    Instant since = from == null ? null : from.minus(SKEW);
    EarlierReplay earlier = new EarlierReplay(decoder, target.replayId());
    // Records that are no requests are counted when they are offered.
    reader.read(
        reader.slice(open.topics().requests().name(), since, null),
        new SkippedRecords().sparing(earlier::see));
    return earlier.sent();
  }

  private RequestDecoder decoder() {
    String topic = open.topics().requests().name();
    Deserializer<LlmRequest> reader = open.serdes().deserializer(LlmRequest.class);
    return new RequestDecoder(
        (headers, value) -> reader.deserialize(topic, headers, value), TakenUrls.ANY);
  }

  private Rewriting rewriting() {
    String topic = open.topics().requests().name();
    Deserializer<LlmRequest> reader = open.serdes().deserializer(LlmRequest.class);
    Serializer<LlmRequest> writer = open.serdes().serializer(LlmRequest.class);
    return new Rewriting(
        topic,
        target,
        value -> reader.deserialize(topic, value),
        request -> writer.serialize(topic, request));
  }
}
