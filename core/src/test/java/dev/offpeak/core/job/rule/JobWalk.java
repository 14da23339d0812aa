package dev.offpeak.core.job.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.job.Decision;
import dev.offpeak.core.job.JobEvent;
import dev.offpeak.core.job.JobEvent.CallFailed;
import dev.offpeak.core.job.JobMove;
import dev.offpeak.core.job.JobState;
import dev.offpeak.core.job.JobState.Creating;
import dev.offpeak.core.job.JobState.Ended;
import dev.offpeak.core.job.JobState.Header;
import dev.offpeak.core.job.JobState.Quarantined;
import dev.offpeak.core.job.JobState.Sealed;
import dev.offpeak.core.job.JobState.Uploading;
import dev.offpeak.core.job.JobStep;
import dev.offpeak.core.job.JobStep.SearchJobs;
import dev.offpeak.core.job.Moment;
import dev.offpeak.core.provider.CreateRecovery;
import dev.offpeak.core.provider.InputFile;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.core.provider.ProviderJob;
import dev.offpeak.core.provider.ProviderJob.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Every way that the rules let a job go: from a sealed batch, each step is answered with everything
 * that can come of it, at once, later and much later, until nothing new is met. What a job is told
 * of apart from its number of tries, its problem and its times makes one place on the way.
 */
final class JobWalk {

  private static final Instant T = RuleSamples.T;
  private static final List<Duration> DELAYS =
      List.of(Duration.ofSeconds(1), Duration.ofMinutes(40), Duration.ofHours(60));
  private static final List<Integer> FAILURES_IN_A_ROW = List.of(1, 10);

  /** One more than the rules allow where they count them; more than that are all alike. */
  private static final int TRIES = 4;

  private final JobRules rules;
  private final Map<JobMove, SortedMap<String, Set<Kind>>> taken;
  private final Set<String> met = new HashSet<>();
  private final Deque<Node> open = new ArrayDeque<>();

  private record Node(JobState state, JobStep step, Instant now) {

    /** What makes it another place than those before. */
    String place() {
      String problem = state.problem() == null ? "" : state.problem().code();
      Duration age = Duration.between(T, now);
      String times = age.toMinutes() > 30 ? age.toHours() > 30 ? "very late" : "late" : "early";
      return state.getClass().getSimpleName()
          + Math.min(state.attempt(), TRIES)
          + problem
          + (state instanceof Creating creating && creating.doubt() != null
              ? "doubt" + creating.doubt().burnt()
              : "")
          + (state instanceof Quarantined doubt ? (doubt.jobId() != null) : "")
          + step.getClass().getSimpleName()
          + (step instanceof SearchJobs search ? now.isBefore(search.settled()) : "")
          + times;
    }
  }

  private JobWalk(JobRules rules, Map<JobMove, SortedMap<String, Set<Kind>>> taken) {
    this.rules = rules;
    this.taken = taken;
  }

  /** What leads to each move, and when a call failed, in what ways. */
  static Map<JobMove, SortedMap<String, Set<Kind>>> everywhere(CreateRecovery... recoveries) {
    Map<JobMove, SortedMap<String, Set<Kind>>> taken = new EnumMap<>(JobMove.class);
    for (CreateRecovery recovery : recoveries) {
      new JobWalk(RuleSamples.rules(recovery), taken).walk();
    }
    return taken;
  }

  private void walk() {
    Sealed sealed = new Sealed(new Header(0, T), null);
    meet(new Node(sealed, new JobStep.AwaitTurn(null), T));
    while (!open.isEmpty()) {
      goOnFrom(open.remove());
    }
  }

  private void meet(Node node) {
    if (node.state() instanceof Ended) {
      assertThat(node.step()).isInstanceOf(JobStep.Finish.class);
    } else if (met.add(node.place())) {
      open.add(node);
    }
  }

  private void goOnFrom(Node node) {
    if (node.step() instanceof JobStep.Wait(Instant until, JobStep then)) {
      meet(new Node(node.state(), then, until.isAfter(node.now()) ? until : node.now()));
      return;
    }
    for (Duration delay : DELAYS) {
      for (boolean cancelWanted : new boolean[] {false, true}) {
        Moment at = new Moment(node.now().plus(delay), 0.5, cancelWanted);
        for (JobEvent event : answersTo(node)) {
          take(node, event, rules.decide(node.state(), event, at), at);
        }
        take(node, "the next owner goes on", null, rules.resume(node.state(), at), at);
        Decision unprocessable = rules.unprocessable(node.state(), "reason", at);
        if (unprocessable != null) {
          take(node, "its record can't be processed", null, unprocessable, at);
        }
        JobState anew = JobRules.atAnotherAccount(node.state(), at.now());
        if (anew != null) {
          Decision begun = Decision.write(anew, new JobStep.AwaitTurn(null));
          take(node, "its account is another one", null, begun, at);
        }
      }
    }
  }

  private void take(Node node, JobEvent event, Decision decision, Moment at) {
    if (event instanceof CallFailed(JobStep step, ProviderError why, _)) {
      take(node, words(step) + " fails", Kind.of(why), decision, at);
    } else {
      take(node, words(event), null, decision, at);
    }
  }

  /** The name of an event or step, such as "job seen". */
  private static String words(Object named) {
    return named
        .getClass()
        .getSimpleName()
        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
        .toLowerCase(Locale.ROOT);
  }

  private void take(Node node, String cause, Kind kind, Decision decision, Moment at) {
    JobState before = node.state();
    JobState after = decision.write() == null ? before : decision.write();
    if (decision.write() != null) {
      Set<Kind> kinds =
          taken
              .computeIfAbsent(JobMove.between(before, after), _ -> new TreeMap<>())
              .computeIfAbsent(cause, _ -> new TreeSet<>());
      if (kind != null) {
        kinds.add(kind);
      }
    }
    assertThat(after.attempt() - before.attempt()).as("tries, after %s", cause).isBetween(0, 1);
    assertThat(after.since()).isBeforeOrEqualTo(at.now());
    assertIntentIsRecorded(after, decision.next());
    meet(new Node(after, decision.next(), at.now()));
  }

  /** What leaves something at the provider is done only after it was recorded. */
  private static void assertIntentIsRecorded(JobState state, JobStep next) {
    JobStep step = next instanceof JobStep.Wait(Instant _, JobStep then) ? then : next;
    if (step instanceof JobStep.Upload(int attempt)) {
      assertThat(state).isInstanceOf(Uploading.class);
      assertThat(state.attempt()).isEqualTo(attempt);
    }
    if (step instanceof JobStep.Create(int attempt, _)) {
      assertThat(state)
          .isInstanceOfSatisfying(
              Creating.class, creating -> assertThat(creating.doubt()).isNull());
      assertThat(state.attempt()).isEqualTo(attempt);
    }
  }

  private static List<JobEvent> answersTo(Node node) {
    List<JobEvent> answers = new ArrayList<>(successesOf(node.step()));
    for (Kind kind : Kind.values()) {
      for (int inARow : FAILURES_IN_A_ROW) {
        answers.add(new CallFailed(node.step(), RuleSamples.refusal(kind), inARow));
      }
    }
    if (node.step() instanceof JobStep.Create) {
      ProviderError notReady = Kind.RETRYABLE.error(SubmissionRules.FILE_NOT_READY, "message");
      answers.add(new CallFailed(node.step(), notReady, 10));
    }
    if (node.state() instanceof Quarantined) {
      answers.add(new JobEvent.SettledByHand("job"));
      answers.add(new JobEvent.SettledByHand(null));
    }
    return answers;
  }

  private static List<JobEvent> successesOf(JobStep step) {
    return switch (step) {
      case JobStep.AwaitTurn _ -> List.of(new JobEvent.TurnCame());
      case JobStep.AwaitCreate _ -> List.of(new JobEvent.CreateTurnCame());
      case JobStep.Upload _ ->
          List.of(new JobEvent.FileUploaded("file"), new JobEvent.FileUploaded("file", false));
      case JobStep.SearchFile _ ->
          List.of(
              new JobEvent.FileSearched("file"),
              new JobEvent.FileSearched("file", false),
              new JobEvent.FileSearched(null));
      case JobStep.LookAtFile _ ->
          List.of(
              new JobEvent.FileSeen(InputFile.State.READY),
              new JobEvent.FileSeen(InputFile.State.PENDING),
              new JobEvent.FileSeen(InputFile.State.FAILED));
      case JobStep.Create _ -> jobs().stream().<JobEvent>map(JobEvent.JobCreated::new).toList();
      case SearchJobs search -> {
        List<JobEvent> found = new ArrayList<>();
        found.add(new JobEvent.JobsSearched(search, List.of()));
        jobs().forEach(job -> found.add(new JobEvent.JobsSearched(search, List.of(job, job))));
        yield found;
      }
      case JobStep.Burn _ -> List.of(new JobEvent.FileBurnt());
      case JobStep.Prove prove -> {
        List<JobEvent> proved = new ArrayList<>();
        proved.add(new JobEvent.Proved(prove, null));
        jobs().stream()
            .filter(job -> job.phase().isFinal())
            .forEach(job -> proved.add(new JobEvent.Proved(prove, job)));
        yield proved;
      }
      case JobStep.Look _ -> jobs().stream().<JobEvent>map(JobEvent.JobSeen::new).toList();
      case JobStep.Cancel _ -> jobs().stream().<JobEvent>map(JobEvent.CancelAsked::new).toList();
      case JobStep.Wait _, JobStep.Finish _ -> throw new IllegalStateException("no call: " + step);
    };
  }

  /** A job in each phase; one that failed in each way, worked on or not. */
  private static List<ProviderJob> jobs() {
    List<ProviderJob> jobs = new ArrayList<>();
    for (Phase phase : Phase.values()) {
      jobs.add(RuleSamples.worked(phase, null));
    }
    for (Kind kind : Kind.values()) {
      jobs.add(RuleSamples.worked(Phase.FAILED, RuleSamples.refusal(kind)));
      jobs.add(RuleSamples.seen(Phase.FAILED, RuleSamples.refusal(kind)));
    }
    return jobs;
  }
}
