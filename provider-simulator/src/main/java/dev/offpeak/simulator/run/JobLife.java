package dev.offpeak.simulator.run;

import dev.offpeak.simulator.fault.JobScript;
import dev.offpeak.simulator.job.Job;
import dev.offpeak.simulator.job.JobBoard;
import dev.offpeak.simulator.job.JobContents;
import dev.offpeak.simulator.job.JobError;
import dev.offpeak.simulator.job.JobResults;
import dev.offpeak.simulator.job.JobState;
import dev.offpeak.simulator.job.Pace;
import dev.offpeak.simulator.job.Progress;
import dev.offpeak.simulator.time.SimClock;
import java.io.IOException;
import java.util.List;

/**
 * Moves a job from state to state, one bounded step at a time.
 *
 * @param <O> what a caller asks for, in the provider's words
 */
final class JobLife<O> implements JobTask {
  private static final int MOST_REQUESTS_A_STEP = 4096;

  private final JobBoard<O> board;
  private final WorkFiles files;
  private final JobRules<O> rules;
  private final LineWork<O> lineWork;
  private final Execution<O> execution;
  private final Pace pace;
  private final SimClock clock;

  /** Wires the parts of a life. */
  JobLife(
      JobBoard<O> board,
      WorkFiles files,
      JobRules<O> rules,
      LineWork<O> lineWork,
      Workshop workshop) {
    this.board = board;
    this.files = files;
    this.rules = rules;
    this.lineWork = lineWork;
    this.execution = new Execution<>(lineWork, files, workshop);
    this.pace = workshop.pace();
    this.clock = workshop.clock();
  }

  /** Makes a job that an earlier process left stand where its record says. */
  void restart(Job<O> job) throws IOException {
    if (running(job) && !job.state().terminal()) {
      execution.cutBack(job);
    }
  }

  private static boolean running(Job<?> job) {
    return job.contents().requests() > 0;
  }

  @Override
  public long step(String jobId) throws IOException {
    Job<O> job = board.get(jobId);
    if (job.settled()) {
      return ENDED;
    }
    long now = clock.millis();
    long lastMoment = job.expiresAt() + job.script().overdueMs();
    if (!job.state().terminal() && now >= lastMoment) {
      return end(job, JobState.EXPIRED);
    }
    long due = due(job);
    if (now < due) {
      return Math.min(due, job.state().terminal() ? due : lastMoment);
    }
    return switch (job.state()) {
      case VALIDATING -> validate(job, due);
      case RUNNING -> run(job, now);
      case FINALIZING -> complete(job, now);
      case CANCELLING -> end(job, JobState.CANCELLED);
      case COMPLETED -> {
        publishLate(job);
        yield ENDED;
      }
      case FAILED, EXPIRED, CANCELLED -> ENDED;
    };
  }

  /** When the job may leave its state, or do the next part of its work. */
  private long due(Job<O> job) {
    String stuck = job.script().stuck();
    if (stuck != null && job.state().isCalled(stuck) && stands(job)) {
      return Long.MAX_VALUE;
    }
    long since = job.times().latest();
    return switch (job.state()) {
      case VALIDATING -> since + pace.validation().toMillis();
      case FINALIZING -> since + pace.finalizing().toMillis();
      case CANCELLING -> since + pace.cancelling().toMillis();
      case COMPLETED -> since + rules.lateResultsMs();
      case RUNNING, FAILED, EXPIRED, CANCELLED -> since;
    };
  }

  /** Whether a job that is to be stuck in its state has come to where it does not go on. */
  private static boolean stands(Job<?> job) {
    return job.state() != JobState.RUNNING
        || job.progress().executed() >= job.script().stuckAfter(job.contents().requests());
  }

  /**
   * Validates a job that was due for it.
   *
   * @param due when it was: how long the simulator takes to look at the input does not count
   */
  private long validate(Job<O> job, long due) throws IOException {
    JobRules.Check check = rules.check(job);
    switch (check) {
      case JobRules.Check.Valid(JobContents contents) -> admit(job, contents, due);
      case JobRules.Check.Invalid(List<JobError> errors) -> fail(job, errors);
    }
    return clock.millis();
  }

  /** One job after the other, so that none is counted out of its queue. */
  private void admit(Job<O> job, JobContents contents, long due) throws IOException {
    synchronized (board) {
      var refused = rules.admit(job, contents);
      if (refused.isPresent()) {
        fail(job, List.of(refused.get()));
        return;
      }
      board.update(
          job.id(),
          newest ->
              newest.state() == JobState.VALIDATING ? newest.validated(contents, due) : newest);
    }
  }

  private void fail(Job<O> job, List<JobError> errors) throws IOException {
    board.update(
        job.id(),
        newest ->
            newest.state() == JobState.VALIDATING ? newest.failed(errors, clock.millis()) : newest);
    files.clear(job.id());
  }

  private long run(Job<O> job, long now) throws IOException {
    int total = job.contents().requests();
    int executed = job.progress().executed();
    int last = lastExecuted(job);
    if (executed >= last) {
      if (job.script().expireAt() != null) {
        return end(job, JobState.EXPIRED);
      }
      move(job, job.script().cancelAt() == null ? JobState.FINALIZING : JobState.CANCELLING);
      return now;
    }
    int due = pace.due(total, now - job.times().latest());
    int next = Math.min(Math.min(due, last), executed + MOST_REQUESTS_A_STEP);
    if (next <= executed) {
      return Math.min(now + pace.tickMillis(), job.expiresAt() + job.script().overdueMs());
    }
    Progress progress = execution.executeUpTo(job, next);
    board.update(job.id(), newest -> newest.with(progress));
    return now;
  }

  /** How many of its requests a job executes at most. */
  private static int lastExecuted(Job<?> job) {
    JobScript script = job.script();
    int total = job.contents().requests();
    String stuck = script.stuck();
    return stuck != null && JobState.RUNNING.isCalled(stuck)
        ? script.stuckAfter(total)
        : script.stopsAt(total);
  }

  private void move(Job<O> job, JobState to) {
    board.update(
        job.id(), newest -> newest.state() == job.state() ? newest.to(to, clock.millis()) : newest);
  }

  private long complete(Job<O> job, long now) throws IOException {
    if (rules.lateResultsMs() > 0) {
      move(job, JobState.COMPLETED);
      return now;
    }
    JobResults results = rules.publish(job);
    board.update(
        job.id(),
        newest ->
            newest.state() == JobState.FINALIZING
                ? newest.to(JobState.COMPLETED, clock.millis()).with(results)
                : newest);
    return cleared(job);
  }

  private void publishLate(Job<O> job) throws IOException {
    JobResults results = rules.publish(job);
    board.update(job.id(), newest -> newest.with(results));
    files.clear(job.id());
  }

  /** Ends a job in one change, so that a killed process repeats all of its end or nothing. */
  private long end(Job<O> job, JobState state) throws IOException {
    Progress progress =
        running(job) && lineWork.accountsForAll(state)
            ? execution.giveUp(job, state)
            : job.progress();
    Job<O> ended = job.with(progress).to(state, clock.millis());
    JobResults results = rules.publish(ended);
    board.update(job.id(), newest -> newest.with(progress).to(state, clock.millis()).with(results));
    return cleared(job);
  }

  private long cleared(Job<O> job) throws IOException {
    Job<O> now = board.get(job.id());
    if (!now.settled()) {
      return clock.millis();
    }
    files.clear(job.id());
    return ENDED;
  }
}
