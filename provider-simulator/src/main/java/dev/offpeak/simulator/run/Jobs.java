package dev.offpeak.simulator.run;

import dev.offpeak.simulator.job.Job;
import dev.offpeak.simulator.job.JobBoard;
import dev.offpeak.simulator.job.JobState;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The jobs of one provider at work.
 *
 * @param <O> what a caller asks for, in the provider's words
 */
public final class Jobs<O> {
  private final JobBoard<O> board;
  private final WorkFiles files;
  private final JobLife<O> life;
  private final Workshop workshop;

  /** Jobs of the board that live by the rules and are executed by the line work. */
  public Jobs(
      JobBoard<O> board,
      WorkFiles files,
      JobRules<O> rules,
      LineWork<O> lineWork,
      Workshop workshop) {
    this.board = board;
    this.files = files;
    this.life = new JobLife<>(board, files, rules, lineWork, workshop);
    this.workshop = workshop;
  }

  /** Goes on with the jobs of an earlier process. */
  public void resume() throws IOException {
    List<Job<O>> running = board.unsettled();
    files.keepOnly(running.stream().map(Job::id).collect(Collectors.toSet()));
    for (Job<O> job : running) {
      life.restart(job);
      workshop.scheduler().add(job.id(), life);
    }
  }

  /** Lets a job run that was just made on the board. */
  public void start(Job<O> job) {
    workshop.scheduler().add(job.id(), life);
  }

  /**
   * Has a job cancelled; one that has ended or is being cancelled is left.
   *
   * @return the job as it is now
   */
  public Job<O> cancel(String id) {
    Job<O> job =
        board.update(
            id,
            newest ->
                newest.state().terminal() || newest.state() == JobState.CANCELLING
                    ? newest
                    : newest.to(JobState.CANCELLING, workshop.clock().millis()));
    workshop.scheduler().wake(id);
    return job;
  }
}
