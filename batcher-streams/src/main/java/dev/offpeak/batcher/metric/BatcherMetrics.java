package dev.offpeak.batcher.metric;

import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.core.seal.SealReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.streams.processor.TaskId;

/** The batcher's meters. All counters exist from the start, so that a rate of zero can be seen. */
public final class BatcherMetrics {

  private static final double MILLIS = 1_000;

  private final Counter admitted;
  private final Counter retried;
  private final Counter duplicates;
  private final Counter assembled;
  private final Counter urgent;
  private final Map<TaskId, Open> open = new ConcurrentHashMap<>();
  private final MeterRegistry registry;
  private final Clock clock;

  private record Open(int batches, long oldest) {}

  /** Registers the meters. */
  public BatcherMetrics(MeterRegistry registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
    admitted = BatcherMetric.ADMITTED.counter(registry);
    retried = BatcherMetric.RETRIED.counter(registry);
    duplicates = BatcherMetric.DUPLICATES.counter(registry);
    assembled = BatcherMetric.ASSEMBLED.counter(registry);
    urgent = BatcherMetric.URGENT.counter(registry);
    for (FailureCode code : FailureCode.values()) {
      rejections(code);
    }
    for (SealReason reason : SealReason.values()) {
      seals(reason);
    }
    BatcherMetric.OPEN.gauge(registry, this::openBatches);
    BatcherMetric.OLDEST_OPEN.gauge(registry, this::oldestOpen);
  }

  /** A new request was written to llm.lanes. */
  public void admitted() {
    admitted.increment();
  }

  /** A retry was written to llm.lanes. */
  public void retried() {
    retried.increment();
  }

  /** A request was dropped as a duplicate. */
  public void duplicate() {
    duplicates.increment();
  }

  /** A request joined a batch. */
  public void assembled() {
    assembled.increment();
  }

  /** A request was handed on to be called synchronously. */
  public void urgent() {
    urgent.increment();
  }

  /** A request was rejected for that reason. */
  public void rejected(FailureCode code) {
    rejections(code).increment();
  }

  /** A batch was sealed for that reason. */
  public void sealed(SealReason reason) {
    seals(reason).increment();
  }

  /**
   * What a task holds now.
   *
   * @param oldest when its oldest open batch was opened, in milliseconds since the epoch
   */
  public void open(TaskId task, int batches, long oldest) {
    open.put(task, new Open(batches, oldest));
  }

  /** The task has left this instance. */
  public void closed(TaskId task) {
    open.remove(task);
  }

  private Counter rejections(FailureCode code) {
    return BatcherMetric.REJECTED.counter(registry, code.id());
  }

  private Counter seals(SealReason reason) {
    return BatcherMetric.SEALED.counter(registry, reason.name().toLowerCase(Locale.ROOT));
  }

  private int openBatches() {
    return open.values().stream().mapToInt(Open::batches).sum();
  }

  private double oldestOpen() {
    long now = clock.millis();
    long oldest =
        open.values().stream()
            .filter(held -> held.batches() > 0)
            .mapToLong(Open::oldest)
            .min()
            .orElse(now);
    return Math.max(0, now - oldest) / MILLIS;
  }
}
