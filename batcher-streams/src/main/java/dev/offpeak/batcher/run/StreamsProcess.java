package dev.offpeak.batcher.run;

import dev.offpeak.runtime.health.CheckResult;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TaskMetadata;
import org.apache.kafka.streams.ThreadMetadata;
import org.apache.kafka.streams.Topology;
import org.jspecify.annotations.Nullable;

/** Kafka Streams with the batcher's topology, from its start to its end. */
public final class StreamsProcess {

  /** Less than what a process has for stopping. */
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(20);

  private final Supplier<Topology> topology;
  private final Map<String, Object> properties;
  private final int maxRecordBytes;
  private final ThreadFailures failures;
  private final GroupMembershipOperation whenStopped;
  private final Consumer<Throwable> onError;
  private volatile @Nullable KafkaStreams streams;

  /**
   * A process that is not started; it connects to nothing yet.
   *
   * @param maxRecordBytes the largest record that a producer of ours may send
   * @param staticMember whether its partitions wait for it when it stops
   * @param onError is told when Kafka Streams has given up
   */
  public StreamsProcess(
      Supplier<Topology> topology,
      Map<String, Object> properties,
      int maxRecordBytes,
      ThreadFailures failures,
      boolean staticMember,
      Consumer<Throwable> onError) {
    this.topology = topology;
    this.properties = properties;
    this.maxRecordBytes = maxRecordBytes;
    this.failures = failures;
    this.whenStopped =
        staticMember
            ? GroupMembershipOperation.REMAIN_IN_GROUP
            : GroupMembershipOperation.LEAVE_GROUP;
    this.onError = onError;
  }

  /**
   * Starts; returns when the stores that every instance holds whole are filled. May be tried again
   * when it fails.
   *
   * @throws KafkaException when the cluster is not ready for it
   */
  public void start() {
    KafkaStreams created =
        new KafkaStreams(
            topology.get(), new StreamsConfig(properties), new FrugalClients(maxRecordBytes));
    created.setUncaughtExceptionHandler(failures);
    created.setStateListener(
        (now, before) -> {
          if (now == State.ERROR && created.equals(streams)) {
            failed();
          }
        });
    try {
      created.start();
    } catch (KafkaException e) {
      created.close(CLOSE_LIMIT);
      throw e;
    }
    streams = created;
    if (created.state() == State.ERROR) {
      failed();
    }
  }

  private void failed() {
    onError.accept(new IllegalStateException("Kafka Streams has stopped; its log says why"));
  }

  /** Finishes the records it is at, commits and stops. Without a start it does nothing. */
  public void close() {
    KafkaStreams running = streams;
    if (running != null) {
      boolean _ =
          running.close(
              CloseOptions.timeout(CLOSE_LIMIT).withGroupMembershipOperation(whenStopped));
    }
  }

  /** Whether it works on records now. */
  public CheckResult readiness() {
    KafkaStreams running = streams;
    return running == null
        ? CheckResult.notOk("Kafka Streams is not started")
        : CheckResult.okIf(running.state() == State.RUNNING, "Kafka Streams is " + running.state());
  }

  /** Whether it can ever work again without a restart. */
  public CheckResult liveness() {
    KafkaStreams running = streams;
    return CheckResult.okIf(
        running == null
            || (running.state() != State.ERROR && running.state() != State.PENDING_ERROR),
        "Kafka Streams has failed");
  }

  /** Records of its partitions that are not committed yet, about. */
  public long lag() {
    KafkaStreams running = streams;
    return running == null
        ? 0
        : running.metadataForLocalThreads().stream()
            .map(ThreadMetadata::activeTasks)
            .flatMap(tasks -> tasks.stream())
            .mapToLong(StreamsProcess::lag)
            .sum();
  }

  private static long lag(TaskMetadata task) {
    Map<TopicPartition, Long> committed = task.committedOffsets();
    return task.endOffsets().entrySet().stream()
        .mapToLong(end -> end.getValue() - Math.max(0, committed.getOrDefault(end.getKey(), 0L)))
        .filter(behind -> behind > 0)
        .sum();
  }
}
