package dev.offpeak.submitter.partition;

import dev.offpeak.core.job.JobState.Ended;
import dev.offpeak.core.job.JobState.Header;
import dev.offpeak.core.job.JobState.Sealed;
import dev.offpeak.core.job.Problem;
import dev.offpeak.core.job.rule.JobRules;
import dev.offpeak.core.wait.Retries;
import dev.offpeak.core.wait.Retry;
import dev.offpeak.core.wait.RetryLater;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.avro.SealedBecause;
import dev.offpeak.schemas.registry.RegistryUnavailable;
import dev.offpeak.submitter.account.AccountUse;
import dev.offpeak.submitter.account.AccountUse.Unusable;
import dev.offpeak.submitter.batch.AccountFingerprint;
import dev.offpeak.submitter.batch.BatchPlace;
import dev.offpeak.submitter.batch.BatchRecord;
import dev.offpeak.submitter.job.JobDependencies;
import dev.offpeak.submitter.ledger.JobEntry;
import dev.offpeak.submitter.ledger.KnownJob;
import dev.offpeak.submitter.ledger.PartitionLedger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes new batches: each gets its first record in llm.jobs, in the order of llm.batches, before
 * anything is done about it. A record that is no batch is left out; a batch that can't be submitted
 * ends as it is taken, so that its requests fail.
 */
final class BatchIntake {

  private static final Logger LOGGER = LoggerFactory.getLogger(BatchIntake.class);

  private final PartitionLedger ledger;
  private final PartitionJobs jobs;
  private final Deserializer<SealedBatch> values;
  private final JobDependencies tools;
  private final BlockingQueue<List<ConsumerRecord<byte[], byte[]>>> arrived =
      new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile int pending;
  private volatile long next;
  private volatile Set<String> known = new HashSet<>();
  private volatile @Nullable String problem;

  BatchIntake(
      int partition,
      PartitionLedger ledger,
      PartitionJobs jobs,
      Deserializer<SealedBatch> values,
      JobDependencies tools) {
    this.ledger = ledger;
    this.jobs = jobs;
    this.values = values;
    this.tools = tools;
    this.thread = Thread.ofVirtual().name("intake-" + partition).unstarted(this::run);
  }

  /**
   * Begins.
   *
   * @param nextOffset records before it are left out
   * @param knownIds batches that are left out, wherever they stand
   */
  void start(long nextOffset, Set<String> knownIds) {
    next = nextOffset;
    known = new HashSet<>(knownIds);
    thread.start();
  }

  /** Queues what was polled; to be called by one thread. */
  synchronized void take(List<ConsumerRecord<byte[], byte[]>> records) {
    pending++;
    arrived.add(records);
  }

  private synchronized void taken() {
    pending--;
  }

  /** Whether nothing more should be polled for now. */
  boolean isBusy() {
    return pending > 1;
  }

  /** The offset of llm.batches up to which everything is recorded, exclusive. */
  long next() {
    return next;
  }

  /** Why it is held up, or null when it is not. */
  @Nullable String problem() {
    return problem;
  }

  private void run() {
    try {
      while (true) {
        record(arrived.take());
        taken();
      }
    } catch (ExecutionException | InterruptedException e) {
      LOGGER.atDebug().addKeyValue("reason", e.getMessage()).log("intake ended");
    }
  }

  private void record(List<ConsumerRecord<byte[], byte[]>> records)
      throws ExecutionException, InterruptedException {
    List<KnownJob> fresh = new ArrayList<>();
    List<CompletableFuture<Void>> commits = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (record.offset() >= next) {
        KnownJob job = read(record);
        if (job != null && isNew(job.place())) {
          if (job.state() instanceof Ended ended) {
            commits.add(ledger.append(JobEntry.of(job, ended, List.of())));
            noteEnd(job, ended);
          } else {
            commits.add(ledger.append(JobEntry.of(job)));
            fresh.add(job);
          }
        }
      }
    }
    for (CompletableFuture<Void> commit : commits) {
      commit.get();
    }
    fresh.forEach(jobs::add);
    next = Math.max(next, records.getLast().offset() + 1);
  }

  private void noteEnd(KnownJob job, Ended ended) {
    tools.meters().ended(job.place().lane().account(), ended.as().name());
    LOGGER
        .atInfo()
        .addKeyValue("batchId", job.place().batchId())
        .addKeyValue("ended", ended.as())
        .addKeyValue("problem", ended.problem())
        .log("batch ended as it was taken");
  }

  private boolean isNew(BatchPlace place) {
    boolean isNew = known.add(place.batchId());
    if (!isNew) {
      LOGGER
          .atWarn()
          .addKeyValue("batchId", place.batchId())
          .addKeyValue("offset", place.offset())
          .log("a batch that was taken before is in llm.batches again and is left out");
    }
    return isNew;
  }

  /** A batch of requests that were cancelled before they were sealed ends as it is taken. */
  private KnownJob first(BatchPlace place, SealedBecause reason) {
    if (reason == SealedBecause.CANCELLED) {
      Ended ended = JobRules.cancelledBeforeSealing(tools.clock().instant());
      return new KnownJob(place, AccountFingerprint.NONE, ended);
    }
    AccountUse use = tools.accounts().find(place.lane().provider(), place.lane().account());
    Problem why = use instanceof Unusable(Problem missing) ? missing : null;
    return new KnownJob(
        place,
        AccountFingerprint.NONE,
        new Sealed(new Header(0, tools.clock().instant(), why), null));
  }

  private @Nullable KnownJob read(ConsumerRecord<byte[], byte[]> record)
      throws InterruptedException {
    String place =
        record.topic() + "-" + record.partition() + ", offset " + record.offset() + " waits for ";
    Retries.Listener listener =
        (work, why, _, wait) -> {
          problem = place + work + ": " + why.reason();
          LOGGER
              .atWarn()
              .addKeyValue("problem", problem)
              .addKeyValue("wait", wait)
              .log("a sealed batch waits to be read");
        };
    Retries retries = new Retries(tools.numbers().backoff(), tools.random(), listener);
    Optional<KnownJob> job =
        new Retry("the registry", retries, tools.sleeper())
            .until(
                () -> {
                  try {
                    return tools.unprocessable().read(record, this::job);
                  } catch (RegistryUnavailable e) {
                    throw RetryLater.soon(String.valueOf(e.getMessage()));
                  }
                });
    problem = null;
    return job.orElse(null);
  }

  private KnownJob job(ConsumerRecord<byte[], byte[]> record) {
    SealedBatch batch = values.deserialize(record.topic(), record.value());
    if (batch == null) {
      throw new IllegalArgumentException("it has no value");
    }
    return switch (BatchRecord.of(record.partition(), record.offset(), batch)) {
      case BatchRecord.Good(BatchPlace place) -> first(place, batch.getReason());
      case BatchRecord.Broken(BatchPlace place, String reason) -> {
        tools.unprocessable().leftOut(record, reason);
        Ended ended = JobRules.unprocessable(tools.clock().instant(), reason);
        yield new KnownJob(place, AccountFingerprint.NONE, ended);
      }
    };
  }

  void stop() {
    thread.interrupt();
  }
}
