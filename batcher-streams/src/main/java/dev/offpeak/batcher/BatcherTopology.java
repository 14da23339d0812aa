package dev.offpeak.batcher;

import dev.offpeak.batcher.admit.Admission;
import dev.offpeak.batcher.admit.DeadlinePolicy;
import dev.offpeak.batcher.id.BatchIds;
import dev.offpeak.batcher.lane.LaneDirectory;
import dev.offpeak.batcher.metric.BatcherMetrics;
import dev.offpeak.batcher.stage.AdmissionStage;
import dev.offpeak.batcher.stage.AssemblyRecords;
import dev.offpeak.batcher.stage.AssemblyStage;
import dev.offpeak.batcher.stage.AssemblyTimes;
import dev.offpeak.batcher.stage.ControlStage;
import dev.offpeak.batcher.stage.ControlStore;
import dev.offpeak.batcher.stage.FailureRecords;
import dev.offpeak.batcher.stage.RetryStage;
import dev.offpeak.batcher.stage.StageFormats;
import dev.offpeak.batcher.stage.TopologyNode;
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
  private final Supplier<LaneDirectory> lanes;
  private final DeadlinePolicy deadlines;
  private final Supplier<StageFormats> formats;
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
      Supplier<LaneDirectory> lanes,
      DeadlinePolicy deadlines,
      Supplier<StageFormats> formats,
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
    addSource(topology, TopologyNode.REQUESTS, topics.requests());
    addSource(topology, TopologyNode.RETRIES, topics.retries());
    topology.addProcessor(TopologyNode.ADMISSION, this::admission, TopologyNode.REQUESTS);
    topology.addProcessor(TopologyNode.RETRY, this::retry, TopologyNode.RETRIES);
    addSink(
        topology,
        TopologyNode.TO_LANES,
        topics.lanes(),
        TopologyNode.ADMISSION,
        TopologyNode.RETRY);
    addSink(
        topology,
        TopologyNode.REJECTED,
        topics.failures(),
        TopologyNode.ADMISSION,
        TopologyNode.RETRY);

    addSource(topology, TopologyNode.LANES, topics.lanes());
    topology.addProcessor(TopologyNode.ASSEMBLY, this::assembly, TopologyNode.LANES);
    topology.addStateStore(seenRequests(), TopologyNode.ASSEMBLY);
    topology.addStateStore(openBatches(), TopologyNode.ASSEMBLY);
    addSink(topology, TopologyNode.TO_BATCHES, topics.batches(), TopologyNode.ASSEMBLY);
    addSink(topology, TopologyNode.TO_URGENT, topics.urgent(), TopologyNode.ASSEMBLY);
    addSink(topology, TopologyNode.TO_DUPLICATES, topics.duplicates(), TopologyNode.ASSEMBLY);
    addSink(topology, TopologyNode.CONFLICTS, topics.failures(), TopologyNode.ASSEMBLY);

    topology.addGlobalStore(
        ControlStore.builder(),
        TopologyNode.CONTROL,
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        topics.control(),
        TopologyNode.FLUSH,
        () -> new ControlStage(formats.get().control(), clock));
    return topology;
  }

  private AdmissionStage admission() {
    StageFormats own = formats.get();
    LaneDirectory book = lanes.get();
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
    StageFormats own = formats.get();
    return new RetryStage(
        own, new Admission(lanes.get(), deadlines), failures(own), metrics, clock);
  }

  private AssemblyStage assembly() {
    StageFormats own = formats.get();
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

  private FailureRecords failures(StageFormats own) {
    return new FailureRecords(own.failure(), maxRecordBytes);
  }

  /** Each new request is put once and never changed: a cache would only be in the way. */
  private static StoreBuilder<KeyValueStore<Bytes, byte[]>> seenRequests() {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(TopologyNode.SEEN), Serdes.Bytes(), Serdes.ByteArray())
        .withCachingDisabled()
        .withLoggingEnabled(Map.of());
  }

  /** The same few records change with each request: the cache writes them once for each commit. */
  private static StoreBuilder<KeyValueStore<Bytes, byte[]>> openBatches() {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(TopologyNode.OPEN_BATCHES),
            Serdes.Bytes(),
            Serdes.ByteArray())
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
