package dev.offpeak.core.job.rule;

import dev.offpeak.core.job.Chore;
import dev.offpeak.core.job.Decision;
import dev.offpeak.core.job.JobEvent;
import dev.offpeak.core.job.JobState;
import dev.offpeak.core.job.JobState.Ended;
import dev.offpeak.core.job.JobState.Header;
import dev.offpeak.core.job.JobState.Sealed;
import dev.offpeak.core.job.JobStep;
import dev.offpeak.core.job.Moment;
import dev.offpeak.core.provider.ProviderJob;
import dev.offpeak.core.provider.ProviderJob.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * A job, and a provider that does its worst: loses answers, creates late, hides what it has made.
 * The script decides; when it is at its end the provider behaves.
 */
final class ProviderWorld {

  /** What can befall a call. */
  enum Fate {
    WELL,
    REFUSED,
    RATE_LIMITED,
    LOST_BEFORE_EFFECT,
    LOST_AFTER_EFFECT,
    LATE_EFFECT,
    CRASH_BEFORE,
    CRASH_AFTER,
    CRASH_AND_LATE_EFFECT
  }

  private static final String ANOTHERS = "another's";

  private final JobRules rules;
  private final JobPolicy policy;
  private final Iterator<Fate> script;
  private final Duration late;
  private final Set<String> files = new HashSet<>();
  private final List<MadeJob> jobs = new ArrayList<>();
  private final List<Pending> pending = new ArrayList<>();
  private final List<JobState> written = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-24T12:00:00Z");
  private JobState state;
  private JobStep step;
  private int uploads;
  private int failures;

  private record MadeJob(
      String id, String file, Instant createdAt, Instant shownFrom, boolean ran) {}

  private record Pending(Instant effectAt, String file) {}

  ProviderWorld(JobPolicy policy, Batch batch, Duration late, List<Fate> script) {
    this.rules = new JobRules(policy, batch);
    this.policy = policy;
    this.late = late;
    this.script = script.iterator();
    this.state = new Sealed(new Header(0, now), null);
    this.step = rules.resume(state, moment()).next();
    written.add(state);
  }

  /** Somebody else's job of the same size is in the account, and over. */
  ProviderWorld withAnothersJob() {
    jobs.add(new MadeJob("anothers", ANOTHERS, now.minusSeconds(100), now, false));
    return this;
  }

  /** Lives until the job has ended, or for that many steps. */
  void live(int steps) {
    for (int i = 0; i < steps && !(state instanceof Ended); i++) {
      advance();
    }
    // Whatever is still under way arrives in the end.
    now = now.plus(late).plus(late);
    arrive();
  }

  private Moment moment() {
    return new Moment(now, 0.5, false);
  }

  private void advance() {
    now = now.plusMillis(10);
    arrive();
    if (step instanceof JobStep.Wait(Instant until, JobStep then)) {
      now = until.isAfter(now) ? until : now;
      arrive();
      step = then;
      return;
    }
    Fate fate = script.hasNext() ? script.next() : Fate.WELL;
    if (fate == Fate.CRASH_BEFORE) {
      crash();
      return;
    }
    JobEvent event = act(fate);
    if (fate == Fate.CRASH_AFTER || fate == Fate.CRASH_AND_LATE_EFFECT) {
      crash();
      return;
    }
    failures = event instanceof JobEvent.CallFailed ? failures + 1 : 0;
    Decision decision = rules.decide(state, event, moment());
    go(decision);
    for (Chore chore : decision.chores()) {
      if (chore instanceof Chore.DeleteFile(String file)) {
        files.remove(file);
      }
    }
  }

  private void go(Decision decision) {
    if (decision.write() != null) {
      state = decision.write();
      written.add(state);
    }
    step = decision.next();
  }

  /** The next owner knows what was written, and nothing else. */
  private void crash() {
    failures = 0;
    go(rules.resume(state, moment()));
  }

  private JobEvent act(Fate fate) {
    return switch (step) {
      case JobStep.AwaitTurn _ -> new JobEvent.TurnCame();
      case JobStep.AwaitCreate _ -> new JobEvent.CreateTurnCame();
      case JobStep.Upload _ -> upload(fate);
      case JobStep.SearchFile(int attempt) -> {
        String file = fileOf(attempt);
        yield new JobEvent.FileSearched(file);
      }
      case JobStep.Create(int _, String file) -> create(fate, file == null ? "" : file);
      case JobStep.SearchJobs search -> new JobEvent.JobsSearched(search, shown(search));
      case JobStep.Burn(String file) -> {
        files.remove(file);
        yield new JobEvent.FileBurnt();
      }
      case JobStep.Look(String id) -> new JobEvent.JobSeen(seen(job(id)));
      case JobStep.Prove prove -> prove(prove);
      case JobStep.LookAtFile _, JobStep.Cancel _, JobStep.Wait _, JobStep.Finish _ ->
          throw new IllegalStateException("not in this world: " + step);
    };
  }

  private JobEvent prove(JobStep.Prove prove) {
    return new JobEvent.Proved(
        prove,
        prove.jobIds().stream()
            .map(this::job)
            .filter(job -> !job.file().equals(ANOTHERS))
            .map(this::seen)
            .findFirst()
            .orElse(null));
  }

  private String fileOf(int attempt) {
    return files.stream()
        .filter(file -> file.startsWith("file-" + attempt + "-"))
        .findFirst()
        .orElse(null);
  }

  private JobEvent upload(Fate fate) {
    String file = "file-" + state.attempt() + "-" + (++uploads);
    return switch (fate) {
      case REFUSED, LATE_EFFECT, CRASH_AND_LATE_EFFECT -> failed(Kind.RETRYABLE);
      case RATE_LIMITED -> failed(Kind.RATE_LIMITED);
      case LOST_BEFORE_EFFECT -> failed(Kind.AMBIGUOUS);
      case LOST_AFTER_EFFECT -> {
        files.add(file);
        yield failed(Kind.AMBIGUOUS);
      }
      case WELL, CRASH_BEFORE, CRASH_AFTER -> {
        files.add(file);
        yield new JobEvent.FileUploaded(file);
      }
    };
  }

  private JobEvent create(Fate fate, String file) {
    return switch (fate) {
      case REFUSED -> failed(Kind.RETRYABLE);
      case RATE_LIMITED -> failed(Kind.RATE_LIMITED);
      case LOST_BEFORE_EFFECT -> failed(Kind.AMBIGUOUS);
      case LATE_EFFECT, CRASH_AND_LATE_EFFECT -> {
        pending.add(new Pending(now.plus(late), file));
        yield failed(Kind.AMBIGUOUS);
      }
      case LOST_AFTER_EFFECT -> {
        make(file);
        yield failed(Kind.AMBIGUOUS);
      }
      case WELL, CRASH_BEFORE, CRASH_AFTER -> new JobEvent.JobCreated(seen(make(file)));
    };
  }

  private JobEvent failed(Kind kind) {
    return new JobEvent.CallFailed(step, kind.error("scripted", "scripted"), failures + 1);
  }

  private void arrive() {
    for (Pending each : List.copyOf(pending)) {
      if (!each.effectAt().isAfter(now)) {
        pending.remove(each);
        make(each.file());
      }
    }
  }

  private MadeJob make(String file) {
    boolean runs = !policy.recovery().uploadsFirst() || files.contains(file);
    MadeJob job =
        new MadeJob("job-" + jobs.size(), file, now, now.plus(policy.showing().dividedBy(2)), runs);
    jobs.add(job);
    return job;
  }

  private List<ProviderJob> shown(JobStep.SearchJobs search) {
    return jobs.stream()
        .filter(job -> !job.shownFrom().isAfter(now))
        .filter(job -> search.inputFile() == null || job.file().equals(search.inputFile()))
        .map(this::seen)
        .toList();
  }

  private MadeJob job(String id) {
    return jobs.stream().filter(job -> job.id().equals(id)).findFirst().orElseThrow();
  }

  private ProviderJob seen(MadeJob job) {
    boolean over = now.isAfter(job.createdAt().plusSeconds(60));
    Phase phase = !over ? Phase.IN_PROGRESS : job.ran() ? Phase.COMPLETED : Phase.FAILED;
    return new ProviderJob(
        job.id(),
        phase,
        phase.name(),
        job.createdAt(),
        null,
        0,
        0,
        0,
        job.file(),
        null,
        null,
        phase == Phase.FAILED ? Kind.RETRYABLE.error("no_file", "cannot find file") : null);
  }

  /** Jobs that executed the batch. */
  long executions() {
    return jobs.stream().filter(MadeJob::ran).count();
  }

  JobState state() {
    return state;
  }

  List<JobState> written() {
    return written;
  }
}
