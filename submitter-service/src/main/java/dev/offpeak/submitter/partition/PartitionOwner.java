package dev.offpeak.submitter.partition;

import dev.offpeak.core.job.JobState;
import dev.offpeak.runtime.health.Waiting;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.reading.Owner;
import dev.offpeak.schemas.reading.Ownership;
import dev.offpeak.submitter.batch.BatchPlace;
import dev.offpeak.submitter.job.JobDependencies;
import dev.offpeak.submitter.ledger.JobEntry;
import dev.offpeak.submitter.ledger.Ledgers;
import dev.offpeak.submitter.ledger.PartitionLedger;
import dev.offpeak.submitter.ledger.RebuiltPartition;
import dev.offpeak.submitter.usage.UsageListener;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns one partition from its assignment to its loss: fences the older owner, rebuilds the jobs
 * from llm.jobs, goes on with them and takes new batches.
 */
public final class PartitionOwner implements Owner {

  private static final Logger LOGGER = LoggerFactory.getLogger(PartitionOwner.class);

  private final int partition;
  private final Ledgers ledgers;
  private final PartitionLedger ledger;
  private final PartitionJobs jobs;
  private final BatchIntake intake;
  private final JobDependencies tools;
  private final Thread opening;
  private final Ownership ownership;
  private volatile boolean ready;
  private boolean stopped;

  /**
   * Owns nothing before {@link #start}.
   *
   * @param ownership told from which offset of llm.batches on to bring records
   */
  public PartitionOwner(
      int partition,
      Ledgers ledgers,
      Deserializer<SealedBatch> batches,
      JobDependencies tools,
      Ownership ownership) {
    this.partition = partition;
    this.ledgers = ledgers;
    this.tools = tools;
    this.ownership = ownership;
    this.ledger = ledgers.of(partition, _ -> ownership.lost());
    this.jobs = new PartitionJobs(partition, ledger, tools);
    this.intake = new BatchIntake(partition, ledger, jobs, batches, tools);
    this.opening = Thread.ofVirtual().name("open-" + partition).unstarted(this::open);
  }

  /** Begins to take the partition over. */
  @Override
  public void start() {
    opening.start();
  }

  private void open() {
    try {
      long began = tools.clock().millis();
      ledger.open();
      RebuiltPartition rebuilt = ledgers.read(partition);
      jobs.noteQuotas(ledgers.quotas(partition));
      jobs.noteEnded(rebuilt.endedJobIds());
      rebuilt.live().forEach(jobs::add);
      for (String id : rebuilt.forgettable()) {
        var _ = ledger.append(JobEntry.forgotten(id));
      }
      if (!begin(rebuilt)) {
        return;
      }
      LOGGER
          .atInfo()
          .addKeyValue("partition", partition)
          .addKeyValue("jobs", rebuilt.live().size())
          .addKeyValue("nextOffset", rebuilt.nextOffset())
          .addKeyValue("millis", tools.clock().millis() - began)
          .log("partition taken over");
      ownership.goOnFrom(rebuilt.nextOffset());
    } catch (InterruptedException | InterruptException e) {
      LOGGER.atDebug().addKeyValue("partition", partition).log("taking over was broken off");
    } catch (RuntimeException e) {
      LOGGER
          .atWarn()
          .setCause(e)
          .addKeyValue("partition", partition)
          .log("partition not taken over");
      ownership.lost();
    }
  }

  private synchronized boolean begin(RebuiltPartition rebuilt) {
    if (!stopped) {
      jobs.start();
      intake.start(rebuilt.nextOffset(), rebuilt.known());
      ready = true;
    }
    return !stopped;
  }

  /** Whether it is rebuilt and works. */
  public boolean isReady() {
    return ready;
  }

  /** Where to go on is what llm.jobs says; committed offsets only show the lag. */
  @Override
  public boolean saysWhereToBegin() {
    return true;
  }

  @Override
  public void take(List<ConsumerRecord<byte[], byte[]>> records) {
    intake.take(records);
  }

  @Override
  public boolean wantsMore() {
    return ready && !intake.isBusy();
  }

  /** The offset of llm.batches up to which everything is recorded. */
  @Override
  public OptionalLong done() {
    return ready ? OptionalLong.of(intake.next()) : OptionalLong.empty();
  }

  /** Why it does not go on, or null when it does. */
  public @Nullable String problem() {
    return ready ? intake.problem() : "partition " + partition + " is being taken over";
  }

  /** Something has changed that may be about any job. */
  public void wakeAll() {
    jobs.wakeAll();
  }

  /** There is news of that provider's job. */
  public void wake(String jobId) {
    jobs.wake(jobId);
  }

  /** Some requests of a batch were executed; see {@link UsageListener}. */
  public void usage(String batchId, long requests, long inputTokens) {
    jobs.usage(batchId, requests, inputTokens);
  }

  /** Tells each job that has not ended, with its state. */
  public void forEach(BiConsumer<BatchPlace, JobState> receiver) {
    jobs.forEach(receiver);
  }

  /** What quotas hold back. */
  public List<Waiting> waits() {
    return jobs.waits();
  }

  /**
   * Gives the partition up: jobs stop where they can, what they have done is recorded.
   *
   * @param patience for calls that are under way; they are broken off then, and whoever owns the
   *     partition next finds out what became of them
   */
  @Override
  public void stop(Duration patience) {
    synchronized (this) {
      stopped = true;
      ready = false;
    }
    opening.interrupt();
    intake.stop();
    jobs.stop(patience);
    ledger.close();
  }
}
