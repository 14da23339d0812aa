package dev.offpeak.results.shared.publish;

import dev.offpeak.results.shared.metric.OutcomeKind;
import dev.offpeak.results.shared.metric.ResultsMeters;
import dev.offpeak.results.shared.outcome.Billed;
import dev.offpeak.schemas.avro.UsageRecord;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Publishes outcomes of synchronous calls, and which calls are about to be made, in one
 * transaction: a call is made only after its intent is committed, and an intent that outlives its
 * owner says that the call may have been made. Not thread-safe.
 */
public final class CallPublication {

  private final PublishSession session;
  private final UsageWriter usageWriter;
  private final ResultsMeters meters;
  private final Clock clock;
  private final UsageTally tally;
  private final Map<String, Map<OutcomeKind, Long>> outcomes = new TreeMap<>();
  private boolean changed;

  /** Publishes in that session. */
  public CallPublication(
      PublishSession session, UsageWriter usageWriter, ResultsMeters meters, Clock clock) {
    this.session = session;
    this.usageWriter = usageWriter;
    this.tally = new UsageTally(usageWriter.labels());
    this.meters = meters;
    this.clock = clock;
  }

  /** What is published, and what will be. */
  public Progress progress() {
    return session.progress();
  }

  /** The request at that offset is about to be called. */
  public void intend(long offset) {
    session.progress().reach(offset, 1);
    changed = true;
  }

  /** The request at that offset was certainly not executed. */
  public void retract(long offset) {
    session.progress().reach(offset, 0);
    changed = true;
  }

  /** The request at that offset has its outcome. */
  public void settle(
      long offset, ProducerRecord<byte[], byte[]> outcome, OutcomeKind kind, String account) {
    session.send(outcome);
    session.progress().finish(offset);
    outcomes
        .computeIfAbsent(account, _ -> new EnumMap<>(OutcomeKind.class))
        .merge(kind, 1L, Long::sum);
    changed = true;
  }

  /** Adds a billed answer to the usage. */
  public void bill(Billed answer) {
    tally.add(answer);
  }

  /** Commits what was said since the last commit; false when that was nothing. */
  public boolean commit() throws InterruptedException {
    if (!changed) {
      return false;
    }
    List<UsageRecord> usage = tally.drain(clock.instant());
    usage.forEach(record -> session.send(usageWriter.record(record)));
    session.commit();
    changed = false;
    outcomes.forEach((account, counts) -> meters.published(account, counts, List.of()));
    outcomes.clear();
    meters.published("", Map.of(), usage);
    return true;
  }
}
