package dev.offpeak.batcher;

import dev.offpeak.batcher.admit.Admission;
import dev.offpeak.batcher.admit.DeadlinePolicy;
import dev.offpeak.batcher.id.BatchIds;
import dev.offpeak.batcher.lane.LaneBook;
import dev.offpeak.batcher.metric.BatcherMetrics;
import dev.offpeak.batcher.stage.AdmissionStage;
import dev.offpeak.batcher.stage.AssemblyRecords;
import dev.offpeak.batcher.stage.AssemblyStage;
import dev.offpeak.batcher.stage.AssemblyTimes;
import dev.offpeak.batcher.stage.ControlStage;
import dev.offpeak.batcher.stage.ControlStore;
import dev.offpeak.batcher.stage.FailureRecords;
import dev.offpeak.batcher.stage.Formats;
import dev.offpeak.batcher.stage.Node;
import dev.offpeak.batcher.stage.RetryStage;
import dev.offpeak.schemas.request.RequestDecoder;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The way of a request through the batcher:
 *
 * <pre>
 * llm.requests ──▶ admission ─┬──▶ llm.lanes ──▶ assembly ─┬──▶ llm.batches
 * llm.retries  ──▶ retry ─────┤                            ├──▶ llm.urgent
 *                             │                            ├──▶ llm.duplicates
 *                             └──▶ llm.failures ◀──────────┘
 *                                        llm.control ──▶ flush, pause, cancel (on every instance)
 * </pre>
 */
public final class BatcherTopology {

  private final BatcherTopics topics;
  private final Supplier<LaneBook> lanes;
  private final DeadlinePolicy deadlines;
  private final Supplier<Formats> formats;
  private final BatchIds ids;
  private final AssemblyTimes times;
  private final int maxRecordBytes;
  private final BatcherMetrics metrics;
  private final Clock clock;

  /**
   * A topology of these parts.
   *
   * @param lanes makes one for each task
   * @param deadlines what becomes of a request whose deadline no batch can keep
   * @param formats makes one set for each task
   * @param maxRecordBytes the largest record that a producer may send
   */
  public BatcherTopology(
      BatcherTopics topics,
      Supplier<LaneBook> lanes,
      DeadlinePolicy deadlines,
      Supplier<Formats> formats,
      BatchIds ids,
      AssemblyTimes times,
      int maxRecordBytes,
      BatcherMetrics metrics,
      Clock clock) {
    this.topics = topics;
    this.lanes = lanes;
    this.deadlines = deadlines;
    this.formats = formats;
    this.ids = ids;
    this.times = times;
    this.maxRecordBytes = maxRecordBytes;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** The stages in the order of the data. */
  public Topology build() {
    Topology topology = new Topology();
    addSource(topology, Node.REQUESTS, topics.requests());
    addSource(topology, Node.RETRIES, topics.retries());
    topology.addProcessor(Node.ADMISSION, this::admission, Node.REQUESTS);
    topology.addProcessor(Node.RETRY, this::retry, Node.RETRIES);
    addSink(topology, Node.TO_LANES, topics.lanes(), Node.ADMISSION, Node.RETRY);
    addSink(topology, Node.REJECTED, topics.failures(), Node.ADMISSION, Node.RETRY);

    addSource(topology, Node.LANES, topics.lanes());
    topology.addProcessor(Node.ASSEMBLY, this::assembly, Node.LANES);
    topology.addStateStore(seenRequests(), Node.ASSEMBLY);
    topology.addStateStore(openBatches(), Node.ASSEMBLY);
    addSink(topology, Node.TO_BATCHES, topics.batches(), Node.ASSEMBLY);
    addSink(topology, Node.TO_URGENT, topics.urgent(), Node.ASSEMBLY);
    addSink(topology, Node.TO_DUPLICATES, topics.duplicates(), Node.ASSEMBLY);
    addSink(topology, Node.CONFLICTS, topics.failures(), Node.ASSEMBLY);

    topology.addGlobalStore(
        ControlStore.builder(),
        Node.CONTROL,
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        topics.control(),
        Node.FLUSH,
        () -> new ControlStage(formats.get().control(), clock));
    return topology;
  }

  private AdmissionStage admission() {
    Formats own = formats.get();
    LaneBook book = lanes.get();
    return new AdmissionStage(
        new RequestDecoder(own.request(), book.takenUrls()),
        new Admission(book, deadlines),
        own.lane().writer(),
        failures(own),
        metrics,
        clock,
        maxRecordBytes);
  }

  private RetryStage retry() {
    Formats own = formats.get();
    return new RetryStage(
        own, new Admission(lanes.get(), deadlines), failures(own), metrics, clock);
  }

  private AssemblyStage assembly() {
    Formats own = formats.get();
    return new AssemblyStage(
        lanes.get(),
        deadlines,
        own.lane().reader(),
        new AssemblyRecords(own, failures(own), maxRecordBytes),
        ids,
        times,
        metrics,
        clock);
  }

  private FailureRecords failures(Formats own) {
    return new FailureRecords(own.failure(), maxRecordBytes);
  }

  /** Each new request is put once and never changed: a cache would only be in the way. */
  private static StoreBuilder<KeyValueStore<Bytes, byte[]>> seenRequests() {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(Node.SEEN), Serdes.Bytes(), Serdes.ByteArray())
        .withCachingDisabled()
        .withLoggingEnabled(Map.of());
  }

  /** The same few records change with each request: the cache writes them once for each commit. */
  private static StoreBuilder<KeyValueStore<Bytes, byte[]>> openBatches() {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(Node.OPEN_BATCHES), Serdes.Bytes(), Serdes.ByteArray())
        .withCachingEnabled()
        .withLoggingEnabled(Map.of());
  }

  private static void addSource(Topology topology, String name, String topic) {
    topology.addSource(name, new ByteArrayDeserializer(), new ByteArrayDeserializer(), topic);
  }

  private static void addSink(Topology topology, String name, String topic, String... parents) {
    topology.addSink(name, topic, new ByteArraySerializer(), new ByteArraySerializer(), parents);
  }
}
