package dev.offpeak.submitter.payload;

import dev.offpeak.core.seal.Manifest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Reads the requests of a manifest from llm.lanes in their order, with a consumer that belongs to
 * no group. Not thread-safe; after a failure it can only be closed.
 */
final class LaneReader implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(500);

  private final String topic;
  private final Consumer<byte[], ByteBuffer> consumer;
  private final PayloadSettings settings;
  private final Clock clock;

  LaneReader(
      String topic, Consumer<byte[], ByteBuffer> consumer, PayloadSettings settings, Clock clock) {
    this.topic = topic;
    this.consumer = consumer;
    this.settings = settings;
    this.clock = clock;
  }

  /** Takes the requests one after the other. */
  @FunctionalInterface
  interface RequestSink {

    /** The value is valid during the call only. */
    void accept(long offset, ByteBuffer value) throws IOException;
  }

  /**
   * Reads all requests of the manifest.
   *
   * @throws PositionsLost when some are not there any more
   * @throws IOException when the broker is away for too long, or the sink throws
   */
  void read(Manifest manifest, RequestSink sink) throws IOException {
    TopicPartition lane = new TopicPartition(topic, manifest.partition());
    try {
      consumer.assign(List.of(lane));
      new Pass(lane, manifest, sink).run();
      consumer.assign(List.of());
    } catch (OffsetOutOfRangeException e) {
      requireAll(manifest);
      throw new IOException("%s does not hold what the manifest names".formatted(lane), e);
    } catch (InterruptException e) {
      throw interrupted(lane, e);
    } catch (KafkaException e) {
      throw new IOException("%s can't be read".formatted(lane), e);
    }
  }

  /**
   * Checks that the log begins before the manifest does, and ends behind it.
   *
   * @throws PositionsLost when what the manifest names is there no more
   * @throws PositionsUnknown when it never was
   * @throws IOException when the broker does not say
   */
  void requireAll(Manifest manifest) throws IOException {
    TopicPartition lane = new TopicPartition(topic, manifest.partition());
    try {
      Map<TopicPartition, Long> ends = consumer.endOffsets(Set.of(lane), settings.brokerPatience());
      long end = ends.getOrDefault(lane, Long.MAX_VALUE);
      if (manifest.size() > 0 && manifest.offset(manifest.size() - 1) >= end) {
        throw new PositionsUnknown(lane, manifest.offset(manifest.size() - 1), end);
      }
      Long begins = consumer.beginningOffsets(Set.of(lane), settings.brokerPatience()).get(lane);
      if (begins != null && manifest.size() > 0 && manifest.offset(0) < begins) {
        long last = manifest.offsets().filter(offset -> offset < begins).max().orElseThrow();
        throw new PositionsLost(lane, manifest.offset(0), last, begins);
      }
    } catch (InterruptException e) {
      throw interrupted(lane, e);
    } catch (KafkaException e) {
      if (isUnknown(lane)) {
        throw new PositionsUnknown(lane, manifest.offset(manifest.size() - 1), 0);
      }
      throw new IOException("the beginning of %s can't be looked up".formatted(lane), e);
    }
  }

  /** Whether the broker answers, and has no such partition. */
  private boolean isUnknown(TopicPartition lane) {
    try {
      List<PartitionInfo> partitions = consumer.partitionsFor(topic);
      return !partitions.isEmpty()
          && partitions.stream().noneMatch(each -> each.partition() == lane.partition());
    } catch (KafkaException e) {
      return false;
    }
  }

  private static IOException interrupted(TopicPartition lane, InterruptException cause) {
    var interrupted = new InterruptedIOException("reading of " + lane + " was interrupted");
    interrupted.initCause(cause);
    return interrupted;
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(Duration.ZERO));
  }

  /** One pass over one manifest. */
  private final class Pass {

    private final TopicPartition lane;
    private final Manifest manifest;
    private final RequestSink sink;
    private int index;
    private long records;
    private long bytes;
    private Duration waited = Duration.ZERO;

    Pass(TopicPartition lane, Manifest manifest, RequestSink sink) {
      this.lane = lane;
      this.manifest = manifest;
      this.sink = sink;
    }

    void run() throws IOException {
      if (manifest.size() > 0) {
        consumer.seek(lane, manifest.offset(0));
      }
      while (index < manifest.size()) {
        skipWhatIsFarFromIt();
        ConsumerRecords<byte[], ByteBuffer> fetched = poll();
        for (ConsumerRecord<byte[], ByteBuffer> record : fetched) {
          take(record);
        }
      }
    }

    /** Other lanes' records between two of ours are read over, unless they make whole fetches. */
    private void skipWhatIsFarFromIt() {
      long gap = manifest.offset(index) - consumer.position(lane);
      long meanSize = records == 0 ? 0 : bytes / records;
      if (gap > 0 && gap > 2 * settings.fetchBytes().bytes() / Math.max(1, meanSize)) {
        consumer.seek(lane, manifest.offset(index));
      }
    }

    private ConsumerRecords<byte[], ByteBuffer> poll() throws IOException {
      long from = clock.millis();
      ConsumerRecords<byte[], ByteBuffer> fetched = consumer.poll(POLL);
      if (!fetched.isEmpty()) {
        waited = Duration.ZERO;
        return fetched;
      }
      if (consumer.position(lane) > manifest.offset(index)) {
        throw lostBefore(consumer.position(lane));
      }
      waited = waited.plusMillis(Math.max(1, clock.millis() - from));
      if (waited.compareTo(settings.brokerPatience()) >= 0) {
        throw new IOException(
            "%s gave nothing at offset %d for %s: is the broker up, and the topic the same as ever?"
                .formatted(lane, manifest.offset(index), settings.brokerPatience()));
      }
      return fetched;
    }

    private void take(ConsumerRecord<byte[], ByteBuffer> record) throws IOException {
      records++;
      bytes += record.serializedValueSize();
      if (index == manifest.size() || record.offset() < manifest.offset(index)) {
        return;
      }
      if (record.offset() > manifest.offset(index)) {
        throw lostBefore(record.offset());
      }
      sink.accept(record.offset(), record.value());
      index++;
    }

    /** The log goes on behind a position of the manifest without having shown it. */
    private PositionsLost lostBefore(long shown) {
      long last = manifest.offsets().filter(offset -> offset < shown).max().orElseThrow();
      return new PositionsLost(lane, manifest.offset(index), last, shown);
    }
  }
}
