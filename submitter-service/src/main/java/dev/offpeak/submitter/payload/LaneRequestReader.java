package dev.offpeak.submitter.payload;

import dev.offpeak.core.seal.Manifest;
import dev.offpeak.schemas.reading.PositionReader;
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
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Reads the requests of a manifest from llm.lanes in their order, with a consumer that belongs to
 * no group. Not thread-safe; after a failure it can only be closed.
 */
final class LaneRequestReader implements AutoCloseable {

  private final String topic;
  private final Consumer<byte[], ByteBuffer> consumer;
  private final PayloadSettings settings;
  private final Clock clock;

  LaneRequestReader(
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
      var positions =
          new PositionReader<>(
              consumer,
              lane,
              settings.fetchBytes().bytes(),
              clock,
              PositionReader.Silence.lasting(settings.brokerPatience()));
      for (int index = 0; index < manifest.size(); index++) {
        ConsumerRecord<byte[], ByteBuffer> record = positions.read(manifest.offset(index));
        if (record == null) {
          throw lostBefore(lane, manifest, index, positions.next());
        }
        sink.accept(record.offset(), record.value());
      }
      consumer.assign(List.of());
    } catch (OffsetOutOfRangeException e) {
      requireAll(manifest);
      throw new IOException("%s does not hold what the manifest names".formatted(lane), e);
    } catch (InterruptException e) {
      throw interrupted(lane, e);
    } catch (PositionReader.NothingCame e) {
      throw new IOException(
          "%s: %s: is the broker up, and the topic the same as ever?"
              .formatted(lane, e.getMessage()),
          e);
    } catch (KafkaException e) {
      throw new IOException("%s can't be read".formatted(lane), e);
    }
  }

  /** The log goes on behind a position of the manifest without having shown it. */
  private static PositionsLost lostBefore(
      TopicPartition lane, Manifest manifest, int index, long shown) {
    long last = manifest.offsets().filter(offset -> offset < shown).max().orElseThrow();
    return new PositionsLost(lane, manifest.offset(index), last, shown);
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
}
