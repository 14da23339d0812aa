package dev.offpeak.results.shared.publish;

import dev.offpeak.results.config.ChunkLimits;
import dev.offpeak.results.shared.metric.OutcomeKind;
import dev.offpeak.results.shared.outcome.Billed;
import dev.offpeak.schemas.avro.UsageRecord;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Sends the outcomes of one job, chunk by chunk. A chunk is one transaction: its outcomes, its
 * usage and the progress of the job become visible together or not at all. Not thread-safe.
 */
public final class Publication {

  private final PublishSession session;
  private final long jobOffset;
  private final ChunkLimits limits;
  private final UsageWriter usageWriter;
  private final Clock clock;
  private final Listener listener;
  private final UsageTally tally;
  private final Map<OutcomeKind, Long> outcomes = new EnumMap<>(OutcomeKind.class);

  private Instant opened = Instant.MAX;
  private int records;
  private long bytes;

  /**
   * Nothing sent yet.
   *
   * @param jobOffset of the job's record in the session's partition
   * @param usageWriter makes the records of llm.usage
   */
  public Publication(
      PublishSession session,
      long jobOffset,
      ChunkLimits limits,
      UsageWriter usageWriter,
      Clock clock,
      Listener listener) {
    this.session = session;
    this.jobOffset = jobOffset;
    this.limits = limits;
    this.usageWriter = usageWriter;
    this.tally = new UsageTally(usageWriter.labels());
    this.clock = clock;
    this.listener = listener;
  }

  /** Told what was committed. */
  @FunctionalInterface
  public interface Listener {

    /** A chunk is committed. */
    void committed(Map<OutcomeKind, Long> outcomes, List<UsageRecord> usage);
  }

  /** Index of the first request of the job that has no outcome yet. */
  public int next() {
    return session.progress().next(jobOffset);
  }

  /** Adds an outcome to the chunk. */
  public void send(ProducerRecord<byte[], byte[]> outcome, OutcomeKind kind) {
    if (records == 0) {
      opened = clock.instant();
    }
    session.send(outcome);
    outcomes.merge(kind, 1L, Long::sum);
    records++;
    bytes += outcome.value().length + (outcome.key() == null ? 0 : outcome.key().length);
  }

  /** Adds a billed answer to the chunk's usage. */
  public void bill(Billed answer) {
    tally.add(answer);
  }

  /** Whether the chunk should be committed. */
  public boolean isFull() {
    return records >= limits.records()
        || bytes >= limits.bytes().bytes()
        || (records > 0 && !clock.instant().isBefore(opened.plus(limits.time())));
  }

  /** Commits the chunk; requests before {@code next} have their outcomes. */
  public void commit(int next) throws InterruptedException {
    session.progress().reach(jobOffset, next);
    commit();
  }

  /** Commits the last chunk: the job is done. */
  public void finish() throws InterruptedException {
    session.progress().finish(jobOffset);
    commit();
  }

  private void commit() throws InterruptedException {
    List<UsageRecord> usage = tally.drain(clock.instant());
    usage.forEach(record -> session.send(usageWriter.record(record)));
    session.commit();
    listener.committed(outcomes, usage);
    outcomes.clear();
    records = 0;
    bytes = 0;
  }
}
