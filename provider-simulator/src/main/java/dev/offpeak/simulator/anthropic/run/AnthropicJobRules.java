package dev.offpeak.simulator.anthropic.run;

import dev.offpeak.simulator.anthropic.batch.BatchOrder;
import dev.offpeak.simulator.anthropic.rules.AnthropicRules;
import dev.offpeak.simulator.job.Job;
import dev.offpeak.simulator.job.JobContents;
import dev.offpeak.simulator.job.JobError;
import dev.offpeak.simulator.job.JobResults;
import dev.offpeak.simulator.run.JobRules;
import dev.offpeak.simulator.run.WorkFiles;
import dev.offpeak.simulator.store.FileStore;
import dev.offpeak.simulator.store.StoredFile;
import dev.offpeak.simulator.time.SimClock;
import java.io.IOException;
import java.util.Optional;

/**
 * How a message batch lives. It cannot fail as a whole: its envelope was checked when it was
 * created, and a request that is not valid is an errored result.
 */
public final class AnthropicJobRules implements JobRules<BatchOrder> {
  private final FileStore results;
  private final WorkFiles work;
  private final AnthropicRules rules;
  private final SimClock clock;

  /** Results go to the store. */
  public AnthropicJobRules(
      FileStore results, WorkFiles work, AnthropicRules rules, SimClock clock) {
    this.results = results;
    this.work = work;
    this.rules = rules;
    this.clock = clock;
  }

  @Override
  public Check check(Job<BatchOrder> job) {
    return new Check.Valid(job.contents());
  }

  @Override
  public Optional<JobError> admit(Job<BatchOrder> job, JobContents contents) {
    return Optional.empty();
  }

  @Override
  public JobResults publish(Job<BatchOrder> job) throws IOException {
    if (!job.script().loseResults()) {
      long keptUntil = job.createdAt() + rules.limits().resultsLifeSeconds() * 1000;
      results.adopt(
          new StoredFile.Draft(
              job.id(),
              job.owner(),
              job.id() + "_results.jsonl",
              "results",
              "",
              "",
              Math.max(0, keptUntil - clock.millis())),
          work.output(job.id()));
    }
    return new JobResults(job.id(), null);
  }

  @Override
  public long lateResultsMs() {
    return rules.quirks().lateResultsMs();
  }
}
