package dev.offpeak.submitter.payload;

import dev.offpeak.core.lane.Lane;
import dev.offpeak.core.seal.Manifest;
import dev.offpeak.provider.BatchFormat;
import dev.offpeak.runtime.config.KafkaConfig;
import dev.offpeak.runtime.kafka.ClientProperties;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;

/** Input files out of llm.lanes. May be used by many threads. */
public final class LanePayloads implements AutoCloseable {

  /** What one poll brings stands in memory unpacked, so it is a few, and records may be large. */
  private static final int RECORDS_PER_POLL = 16;

  private static final int PERMIT_BYTES = 1024;
  private static final int MOST_UNUSABLE = 1_000;

  private final LaneValues values;
  private final PayloadSettings settings;
  private final LaneRequestReaders readers;
  private final int permits;
  private final Semaphore budget;

  /**
   * Nothing is opened before the first payload.
   *
   * @param topic full name of llm.lanes
   * @param clientId begins the names of the consumers
   */
  public LanePayloads(
      KafkaConfig kafka,
      String clientId,
      String topic,
      LaneValues values,
      PayloadSettings settings,
      Clock clock) {
    this.values = values;
    this.settings = settings;
    AtomicInteger opened = new AtomicInteger();
    this.readers =
        new LaneRequestReaders(
            () ->
                new LaneRequestReader(
                    topic,
                    consumer(kafka, clientId + "-" + opened.incrementAndGet(), settings),
                    settings,
                    clock));
    this.permits = permits(settings.budget().bytes());
    this.budget = new Semaphore(permits, true);
  }

  /**
   * The input file of a batch, with a place in the budget of all uploads; waits for one, in turn.
   * To be closed when the call to the provider has ended. Wait here and not within the call: a
   * provider cuts connections that send nothing.
   *
   * @param bytes exact size of the file, as the sealed batch says
   * @throws InterruptedException when interrupted while it waits
   */
  public LanePayload of(Lane lane, Manifest manifest, long bytes, BatchFormat format)
      throws InterruptedException {
    long mean = bytes / Math.max(1, manifest.size());
    int weight =
        Math.min(permits, permits(2 * settings.fetchBytes().bytes() + RECORDS_PER_POLL * mean));
    budget.acquire(weight);
    return new LanePayload(
        lane, manifest, bytes, format, values, readers, () -> budget.release(weight));
  }

  /**
   * Checks, before an upload is announced, that llm.lanes still holds every request of the batch.
   *
   * @throws PositionsLost when it does not
   * @throws IOException when the broker does not say within the patience
   */
  public void requireReadable(Manifest manifest) throws IOException {
    readers.use(reader -> reader.requireAll(manifest));
  }

  /**
   * The requests of a batch that can't be used, a thousand at most: more are met when the rest is
   * uploaded.
   *
   * @throws IOException when they can't be read for now
   */
  public List<RequestUnusable> unusable(Manifest manifest) throws IOException {
    List<RequestUnusable> all = new ArrayList<>();
    LaneBody body = values.body();
    TopicPartition lane = new TopicPartition("llm.lanes", manifest.partition());
    readers.use(
        reader ->
            reader.read(
                manifest,
                (offset, value) -> {
                  try {
                    body.moveTo(value);
                  } catch (IOException e) {
                    if (all.size() < MOST_UNUSABLE) {
                      all.add(new RequestUnusable(lane, offset, e));
                    }
                  }
                }));
    return all;
  }

  private static int permits(long bytes) {
    return (int) Math.min(Integer.MAX_VALUE, Math.ceilDiv(bytes, PERMIT_BYTES));
  }

  private static Consumer<byte[], ByteBuffer> consumer(
      KafkaConfig kafka, String clientId, PayloadSettings settings) {
    Map<String, Object> properties = ClientProperties.lookup(kafka, clientId);
    int fetch = settings.fetchBytes().toIntSaturated();
    properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, fetch);
    properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, fetch);
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_PER_POLL);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    properties.put(
        CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG,
        (int) Math.min(Integer.MAX_VALUE, settings.brokerPatience().toMillis()));
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteBufferDeserializer());
  }

  /** Frees what is not in use; uploads that run may end. */
  @Override
  public void close() {
    readers.close();
  }
}
