package dev.offpeak.submitter.job;

import dev.offpeak.core.job.Decision;
import dev.offpeak.core.job.JobEvent;
import dev.offpeak.core.job.JobState;
import dev.offpeak.core.job.JobState.Ended;
import dev.offpeak.core.job.JobState.Quarantined;
import dev.offpeak.core.job.JobState.Rest;
import dev.offpeak.core.job.JobState.Sealed;
import dev.offpeak.core.job.JobStep;
import dev.offpeak.core.job.Moment;
import dev.offpeak.core.job.Problem;
import dev.offpeak.core.job.rule.Batch;
import dev.offpeak.core.job.rule.JobRules;
import dev.offpeak.core.lane.Lane;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.submitter.account.AccountUse;
import dev.offpeak.submitter.account.AccountUse.Unusable;
import dev.offpeak.submitter.account.AccountUse.Usable;
import dev.offpeak.submitter.batch.BatchPlace;
import dev.offpeak.submitter.batch.ManifestExpired;
import dev.offpeak.submitter.failpoint.Failpoint;
import dev.offpeak.submitter.ledger.JobEntry;
import dev.offpeak.submitter.ledger.KnownJob;
import dev.offpeak.submitter.ledger.OwnershipLost;
import dev.offpeak.submitter.ledger.UnprocessableRecords;
import dev.offpeak.submitter.payload.PositionsLost;
import dev.offpeak.submitter.payload.PositionsUnknown;
import dev.offpeak.submitter.payload.RequestUnusable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread of one job, from its turn until it has ended or is sealed again: does what the rules
 * say, records what they decide, and only then goes on.
 */
public final class JobRun implements Runnable {

  private static final Logger LOGGER = LoggerFactory.getLogger(JobRun.class);
  private static final Duration HOUR = Duration.ofHours(1);

  /** What breaks down so often for no reason of the world has its reason in the record. */
  private static final int MOST_BREAKDOWNS = 10;

  private final JobDependencies tools;
  private final JobPartition home;
  private final JobSignal signal;
  private KnownJob job;
  private final Map<Class<? extends JobStep>, Integer> failures = new HashMap<>();
  private int breakdowns;
  private boolean inherited;

  /** A job that goes on from where it is recorded to be. */
  public JobRun(KnownJob job, JobDependencies tools, JobPartition home) {
    this.job = job;
    this.tools = tools;
    this.home = home;
    this.inherited = !(job.state() instanceof Sealed);
    this.signal = new JobSignal(tools.sleeper());
  }

  /** How to reach it. */
  public JobSignal signal() {
    return signal;
  }

  @Override
  public void run() {
    try {
      BatchPlace place = job.place();
      AccountUse use =
          job.state() instanceof Sealed
              ? tools.accounts().find(place.lane().provider(), place.lane().account())
              : tools.accounts().find(place.lane().provider(), place.lane().account(), job.mark());
      switch (use) {
        case Unusable(Problem problem) -> withoutItsAccount(problem);
        case Usable account -> live(account);
      }
    } catch (OwnershipLost | InterruptedException e) {
      LOGGER
          .atDebug()
          .addKeyValue("batchId", job.place().batchId())
          .addKeyValue("state", job.state())
          .addKeyValue("reason", e.getMessage())
          .log("job left as it is");
    }
  }

  /**
   * A job of another account that has a file at most costs nothing there, so the account that there
   * is now may take the batch.
   */
  private void withoutItsAccount(Problem problem) throws OwnershipLost, InterruptedException {
    Lane lane = job.place().lane();
    JobState anew = JobRules.atAnotherAccount(job.state(), tools.clock().instant());
    if (anew != null && tools.accounts().find(lane.provider(), lane.account()) instanceof Usable) {
      move(anew);
    } else {
      awaitConfiguration(problem);
    }
  }

  /** The accounts change only with a restart. */
  private void awaitConfiguration(Problem problem) throws OwnershipLost, InterruptedException {
    LOGGER
        .atWarn()
        .addKeyValue("batchId", job.place().batchId())
        .addKeyValue("code", problem.code())
        .addKeyValue("reason", problem.message())
        .log("job waits for its account");
    if (!problem.equals(job.state().problem())) {
      move(job.state().troubled(problem));
    }
    while (true) {
      signal.await(HOUR);
    }
  }

  private void live(Usable account) throws OwnershipLost, InterruptedException {
    job = job.state() instanceof Sealed ? job.by(account.mark()) : job;
    BatchPlace place = job.place();
    JobRules rules =
        new JobRules(
            tools.numbers().policy(account),
            new Batch(place.requests(), Reseals.generation(place.batchId())));
    AccountCalls calls = new AccountCalls(account.gate(), signal, this::moment);
    StepRunner acts =
        new StepRunner(
            place, account.provider(), calls, tools, home, signal, this::renewIntent, this::moment);
    Reseals reseals = new Reseals(tools.payloads(), account.provider().format().usual());
    JobStep step = resume(rules);
    while (!(step instanceof JobStep.Finish)) {
      try {
        step = advance(step, rules, acts, reseals);
      } catch (RuntimeException | IOException e) {
        step = afterBreakdown(rules, acts, reseals, e);
      }
    }
  }

  private JobStep resume(JobRules rules) throws OwnershipLost, InterruptedException {
    Decision decision = rules.resume(job.state(), moment());
    if (decision.write() != null) {
      move(decision.write());
    }
    return decision.next();
  }

  private JobStep advance(JobStep step, JobRules rules, StepRunner acts, Reseals reseals)
      throws OwnershipLost, InterruptedException, IOException {
    signal.check();
    if (step instanceof JobStep.Wait(Instant until, JobStep then)) {
      signal.await(Duration.between(tools.clock().instant(), until));
      return then;
    }
    JobEvent settled = settledByHand();
    JobEvent event = settled == null ? acts.perform(step, failuresOf(step)) : settled;
    count(step, event);
    inherited |= step instanceof JobStep.SearchFile;
    JobFeedback.ofQuota(event, job.place(), home);
    JobState before = job.state();
    JobStep next = carryOut(rules.decide(before, event, moment()), acts, reseals);
    breakdowns = 0;
    JobFeedback.ofCreate(before, event, job, home, tools.meters());
    return next;
  }

  private JobStep carryOut(Decision decision, StepRunner acts, Reseals reseals)
      throws OwnershipLost, InterruptedException, IOException {
    JobState write = decision.write();
    if (write != null) {
      if (write instanceof Ended ended) {
        tidyUp(ended, acts);
        end(ended, reseals);
      } else {
        move(write);
      }
    }
    decision.chores().forEach(acts::tidy);
    return job.state() instanceof Sealed && write != null ? new JobStep.Finish() : decision.next();
  }

  private int failuresOf(JobStep step) {
    return failures.getOrDefault(step.getClass(), 0);
  }

  /**
   * Each kind of step has its own count, so that a cancel that always fails is not tried at once
   * again because looking at the job succeeds.
   */
  private void count(JobStep step, JobEvent event) {
    if (event instanceof JobEvent.CallFailed) {
      failures.merge(step.getClass(), 1, Integer::sum);
      tools.meters().repeated(job.place().lane().account(), step.getClass().getSimpleName());
    } else {
      failures.remove(step.getClass());
    }
  }

  /** A person may say what can't be found out; once for each doubt. */
  private @Nullable JobEvent settledByHand() {
    if (!(job.state() instanceof Quarantined doubt)) {
      return null;
    }
    return tools
        .control()
        .settlement(job.place().batchId(), doubt.since())
        .filter(settlement -> doubt.jobId() == null || !doubt.jobId().equals(settlement.jobId()))
        .map(settlement -> new JobEvent.SettledByHand(settlement.jobId()))
        .orElse(null);
  }

  private void move(JobState state) throws OwnershipLost, InterruptedException {
    KnownJob moved = job.in(state);
    record(JobEntry.of(moved));
    tell(job.state().problem(), state);
    job = moved;
    LOGGER
        .atDebug()
        .addKeyValue("batchId", job.place().batchId())
        .addKeyValue("state", state)
        .log("job moved");
    home.moved(job);
  }

  /** One line for each new kind of trouble, not for each time that it is met. */
  private void tell(@Nullable Problem before, JobState state) {
    Problem problem = state.problem();
    if (problem != null && (before == null || !before.code().equals(problem.code()))) {
      LOGGER
          .atWarn()
          .addKeyValue("batchId", job.place().batchId())
          .addKeyValue("attempt", state.attempt())
          .addKeyValue("code", problem.code())
          .addKeyValue("reason", problem.message())
          .addKeyValue("untilAtTheLatest", state.waitsAtMostUntil())
          .log("job waits");
    }
  }

  /**
   * Of an attempt that was superseded, or that an earlier owner has begun, a file may be left that
   * no record names.
   */
  private void tidyUp(Ended ended, StepRunner acts) {
    if (ended.attempt() > 1 || inherited) {
      acts.deleteLeftovers(ended.attempt(), ended.inputFile());
    }
  }

  private void end(Ended ended, Reseals reseals)
      throws OwnershipLost, InterruptedException, IOException {
    Ended over = ended;
    List<SealedBatch> again = List.of();
    if (ended.rest() != Rest.ENDS) {
      try {
        again = reseals.of(tools.batches().read(job.place()), ended, tools.clock().instant());
      } catch (PositionsLost | PositionsUnknown | RequestUnusable | ManifestExpired e) {
        over = ended.withoutRest();
      }
    }
    KnownJob moved = job.in(over);
    record(JobEntry.of(moved, over, again));
    job = moved;
    tools.meters().ended(job.place().lane().account(), over.as().name());
    LOGGER
        .atInfo()
        .addKeyValue("batchId", job.place().batchId())
        .addKeyValue("jobId", over.job() == null ? null : over.job().jobId())
        .addKeyValue("ended", over.as())
        .addKeyValue("problem", over.problem())
        .addKeyValue("resealed", again.size())
        .log("job ended");
    home.moved(job);
  }

  private void record(JobEntry entry) throws OwnershipLost, InterruptedException {
    tools.halt().reached(Failpoint.BEFORE_LEDGER_WRITE);
    home.record(entry);
    tools.halt().reached(Failpoint.AFTER_LEDGER_WRITE);
  }

  /** Between recording an intent and acting on it a process may be held up for any time. */
  private void renewIntent() throws OwnershipLost, InterruptedException {
    signal.check();
    Instant stale = job.state().since().plus(tools.numbers().lease());
    if (tools.clock().instant().isAfter(stale)) {
      move(job.state().renewed(tools.clock().instant()));
    }
  }

  /** Our own side is broken for now (broker away, say): the job goes on from what is recorded. */
  private JobStep afterBreakdown(JobRules rules, StepRunner acts, Reseals reseals, Exception reason)
      throws OwnershipLost, InterruptedException {
    breakdowns++;
    boolean isOfTheWorld = reason instanceof IOException || reason instanceof KafkaException;
    if (!isOfTheWorld && breakdowns >= MOST_BREAKDOWNS) {
      Decision end = rules.unprocessable(job.state(), UnprocessableRecords.words(reason), moment());
      try {
        if (end != null) {
          return carryOut(end, acts, reseals);
        }
      } catch (IOException e) {
        reason.addSuppressed(e);
      }
    }
    LOGGER
        .atWarn()
        .setCause(reason)
        .addKeyValue("batchId", job.place().batchId())
        .addKeyValue("breakdowns", breakdowns)
        .log("job broke down and is tried again");
    signal.await(tools.numbers().backoff().delay(Math.max(breakdowns - 1, 0), tools.random()));
    return resume(rules);
  }

  private Moment moment() {
    return new Moment(
        tools.clock().instant(),
        tools.random().nextDouble(),
        job.place().isCancelled(tools.control()));
  }
}
