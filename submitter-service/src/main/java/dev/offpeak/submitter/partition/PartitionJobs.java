package dev.offpeak.submitter.partition;

import dev.offpeak.core.job.JobState;
import dev.offpeak.core.job.JobState.Ended;
import dev.offpeak.core.job.JobState.Sealed;
import dev.offpeak.core.job.JobState.Submitted;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.runtime.health.Waiting;
import dev.offpeak.submitter.batch.BatchPlace;
import dev.offpeak.submitter.job.JobDependencies;
import dev.offpeak.submitter.job.JobPartition;
import dev.offpeak.submitter.job.JobRun;
import dev.offpeak.submitter.ledger.JobLedgerEntry;
import dev.offpeak.submitter.ledger.KnownJob;
import dev.offpeak.submitter.ledger.OwnershipLost;
import dev.offpeak.submitter.ledger.PartitionLedger;
import dev.offpeak.submitter.quota.KnownQuota;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * All jobs of one partition that have not ended: those that wait stand in the queue of their scope,
 * those that are at work have a thread of their own.
 */
final class PartitionJobs implements JobPartition {

  /** The quota is looked at so often even when nothing happens. */
  private static final Duration LONGEST_REST = Duration.ofSeconds(30);

  private final int partition;
  private final JobDependencies tools;
  private final ScopeQueues scopes;
  private final PartitionLedger ledger;
  private final Map<String, Live> live = new HashMap<>();
  private final Map<String, String> batchesByJob = new HashMap<>();
  private final Map<String, BatchPlace> endedLately = new LatelyEnded();
  private final Thread dispatcher;
  private final Semaphore news = new Semaphore(0);
  private long controlSeen;
  private boolean stopped;

  private static final class Live {
    final JobRun run;
    final Thread thread;
    KnownJob job;

    Live(JobRun run, Thread thread, KnownJob job) {
      this.run = run;
      this.thread = thread;
      this.job = job;
    }
  }

  /** Those whose usage may still be reported; older ones are forgotten. */
  private static final class LatelyEnded extends LinkedHashMap<String, BatchPlace> {

    private static final long serialVersionUID = 1L;
    private static final int MOST = 1_000;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, BatchPlace> eldest) {
      return size() > MOST;
    }
  }

  PartitionJobs(int partition, PartitionLedger ledger, JobDependencies tools) {
    this.partition = partition;
    this.ledger = ledger;
    this.tools = tools;
    this.scopes = new ScopeQueues(tools.accounts());
    this.dispatcher = Thread.ofVirtual().name("dispatch-" + partition).unstarted(this::dispatch);
  }

  /** Begins to work on what {@link #add} brings. */
  void start() {
    dispatcher.start();
  }

  /** What providers have taught of quotas before. */
  synchronized void noteQuotas(List<KnownQuota> quotas) {
    scopes.remember(quotas);
  }

  /** Jobs of providers that belong to batches which have ended. */
  synchronized void noteEnded(Set<String> jobIds) {
    jobIds.forEach(id -> batchesByJob.put(id, ""));
  }

  /** What quotas hold back. */
  synchronized List<Waiting> waits() {
    return scopes.waits();
  }

  /** A job that has not ended, from llm.jobs or new. */
  synchronized void add(KnownJob job) {
    if (stopped) {
      return;
    }
    if (job.state() instanceof Sealed) {
      await(job);
    } else {
      ScopeQueue scope = scopes.of(job.place());
      scope.flies(job.place());
      if (job.state() instanceof JobState.Creating) {
        scope.tryCreate(job.place());
      }
      run(job);
    }
  }

  private void run(KnownJob job) {
    JobRun run = new JobRun(job, tools, this);
    String batchId = job.place().batchId();
    Thread thread = Thread.ofVirtual().name("job-" + batchId).unstarted(run);
    live.put(batchId, new Live(run, thread, job));
    if (job.state() instanceof Submitted submitted) {
      batchesByJob.put(submitted.jobId(), batchId);
    }
    thread.start();
  }

  private void dispatch() {
    try {
      while (true) {
        Instant now = tools.clock().instant();
        Instant until;
        List<JobLedgerEntry.Taught> taught;
        synchronized (this) {
          if (stopped) {
            return;
          }
          takeOutCancelled();
          scopes.next(now).forEach(this::run);
          until = scopes.nextLook(now.plus(LONGEST_REST));
          taught = scopes.taught(now);
        }
        // Nothing waits for it: what is not recorded is learned again.
        for (JobLedgerEntry lesson : taught) {
          var _ = ledger.append(lesson);
        }
        long millis = Math.max(1, Duration.between(now, until).toMillis());
        if (news.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
          news.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void takeOutCancelled() {
    long version = tools.control().version();
    if (version != controlSeen) {
      controlSeen = version;
      scopes.takeOut(place -> place.isCancelled(tools.control())).forEach(this::run);
    }
  }

  /** A batch that waits for its turn, or only for being cancelled. */
  private void await(KnownJob job) {
    if (job.place().isCancelled(tools.control())) {
      run(job);
    } else {
      scopes.of(job.place()).offer(job);
      poke();
    }
  }

  private void poke() {
    news.release();
  }

  /**
   * Something has changed that may be about any job: a command of llm.control, or an account that
   * is back.
   */
  void wakeAll() {
    List<Live> all;
    synchronized (this) {
      poke();
      all = new ArrayList<>(live.values());
    }
    all.forEach(each -> each.run.signal().wake());
  }

  /** There is news of that provider's job; does nothing when it is not of this partition. */
  void wake(String jobId) {
    Live found;
    synchronized (this) {
      found = live.get(batchesByJob.getOrDefault(jobId, ""));
    }
    if (found != null) {
      found.run.signal().wake();
    }
  }

  /** Some requests of a batch were executed; does nothing when the batch is not known here. */
  synchronized void usage(String batchId, long requests, long inputTokens) {
    Live running = live.get(batchId);
    BatchPlace place = running == null ? endedLately.get(batchId) : running.job.place();
    if (place != null) {
      double share = Math.min(1.0, (double) requests / Math.max(1, place.requests()));
      scopes.of(place).usage((long) (place.bytes() * share), inputTokens);
      poke();
    }
  }

  @Override
  public void record(JobLedgerEntry entry) throws OwnershipLost, InterruptedException {
    ledger.write(entry);
  }

  @Override
  public synchronized boolean tryCreate(BatchPlace place) {
    return scopes.of(place).tryCreate(place);
  }

  @Override
  public synchronized void createSettled(BatchPlace place) {
    scopes.of(place).createSettled(place);
  }

  @Override
  public synchronized boolean isAnothers(String jobId, String batchId) {
    String owner = batchesByJob.get(jobId);
    return owner != null && !owner.equals(batchId);
  }

  @Override
  public synchronized void quotaRefused(BatchPlace place, ProviderError why) {
    scopes.of(place).refused(place, why, tools.clock().instant());
    poke();
  }

  @Override
  public synchronized void quotaAccepted(BatchPlace place) {
    scopes.of(place).accepted(place);
    poke();
  }

  @Override
  public synchronized void moved(KnownJob job) {
    String batchId = job.place().batchId();
    switch (job.state()) {
      case Sealed _ -> {
        live.remove(batchId);
        scopes.of(job.place()).landed(job.place());
        if (!stopped) {
          await(job);
        }
      }
      case Ended _ -> {
        live.remove(batchId);
        endedLately.put(batchId, job.place());
        scopes.of(job.place()).landed(job.place());
        poke();
      }
      case Submitted submitted -> {
        batchesByJob.put(submitted.jobId(), batchId);
        note(job);
      }
      default -> note(job);
    }
  }

  private void note(KnownJob job) {
    Live known = live.get(job.place().batchId());
    if (known != null) {
      known.job = job;
    }
  }

  /** Tells each job that has not ended, those that wait included, with its state. */
  synchronized void forEach(BiConsumer<BatchPlace, JobState> receiver) {
    live.values().forEach(each -> receiver.accept(each.job.place(), each.job.state()));
    scopes.forEachWaiting(job -> receiver.accept(job.place(), job.state()));
  }

  /**
   * Lets the jobs stop where they can, and interrupts those that have not by then.
   *
   * @param patience for calls that are under way
   */
  void stop(Duration patience) {
    List<Live> all;
    synchronized (this) {
      stopped = true;
      poke();
      all = new ArrayList<>(live.values());
    }
    all.forEach(each -> each.run.signal().stop());
    Instant end = tools.clock().instant().plus(patience);
    if (!join(all, end)) {
      all.forEach(each -> each.thread.interrupt());
      join(all, tools.clock().instant().plus(Duration.ofSeconds(2)));
    }
  }

  private boolean join(List<Live> all, Instant end) {
    try {
      for (Live each : all) {
        Duration left = Duration.between(tools.clock().instant(), end);
        if (!each.thread.join(left.isPositive() ? left : Duration.ofMillis(1))) {
          return false;
        }
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public String toString() {
    return "jobs of partition " + partition;
  }
}
