package dev.offpeak.ledger.console;

import static dev.offpeak.ledger.console.Markup.at;
import static dev.offpeak.ledger.console.Markup.tag;

import dev.offpeak.ledger.report.Job;
import dev.offpeak.ledger.report.JobReport;
import dev.offpeak.ledger.report.Request;
import dev.offpeak.ledger.report.RequestReport;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One job: its time line, its money, what failed in it. */
final class JobPage {

  private static final int FAILURES = 50;

  private final JobReport jobs;
  private final RequestReport requests;
  private final Deeds deeds;
  private final Clock clock;

  JobPage(JobReport jobs, RequestReport requests, Deeds deeds, Clock clock) {
    this.jobs = jobs;
    this.requests = requests;
    this.deeds = deeds;
    this.clock = clock;
  }

  Page of(Question question) {
    String id = question.text("batch");
    Optional<Job> found = jobs.ofBatch(id);
    if (found.isEmpty()) {
      return new Page(
          "jobs",
          "Job",
          Words.empty(
              "There is no job of batch '" + id + "'. All jobs:", "./offpeak jobs --ended"));
    }
    Job job = found.get();
    List<Markup> parts = new ArrayList<>();
    parts.add(tag("p", Words.state(job.state()), says(job)));
    parts.add(JobsPage.progress(job));
    if (job.inFlight()) {
      parts.add(
          tag(
              "div",
              at("class", "actions"),
              AskPage.button(
                  deeds,
                  question.visitor(),
                  new Deed(Deed.Kind.CANCEL, job.batchId()),
                  "Cancel …")));
    }
    if (job.problem() != null) {
      parts.add(tag("p", at("class", "note warn"), job.problem()));
    }
    parts.add(tag("h2", "Time line"));
    parts.add(timeLine(job));
    parts.add(tag("h2", "Facts"));
    parts.add(facts(job));
    parts.add(failures(job));
    return new Page("jobs", "Job of batch " + job.batchId(), Markup.all(parts));
  }

  private static Markup says(Job job) {
    return job.providerStatus() == null
        ? Markup.NONE
        : tag(
            "span",
            at("class", "faint"),
            " · the provider says ",
            tag("code", job.providerStatus()));
  }

  private Markup timeLine(Job job) {
    List<Markup> steps = new ArrayList<>();
    if (job.openedAt() != null) {
      steps.add(step("been", "opened", job.openedAt(), null));
    }
    String because = job.reason() == null ? "" : " (" + job.reason().replace('_', ' ') + ")";
    steps.add(step("been", "sealed" + because, job.sealedAt(), job.openedAt()));
    if (job.submittedAt() != null) {
      steps.add(step("been", "submitted", job.submittedAt(), job.sealedAt()));
    }
    boolean wrong = List.of("failed", "expired", "quarantined").contains(job.state());
    if (!List.of("sealed", "submitted").contains(job.state())) {
      steps.add(
          step(
              wrong ? "wrong" : job.inFlight() ? "now" : "been",
              job.state(),
              job.since(),
              job.submittedAt() == null ? job.sealedAt() : job.submittedAt()));
    }
    if (job.inFlight() && job.expiresAt() != null) {
      String left = Words.age(Duration.between(clock.instant(), job.expiresAt()));
      steps.add(step("later", "expires, in " + left, job.expiresAt(), null));
    }
    return tag("ol", at("class", "line"), Markup.all(steps));
  }

  private static Markup step(String look, String what, Instant at, @Nullable Instant before) {
    String after = before == null ? "" : " · after " + Words.age(Duration.between(before, at));
    return tag("li", at("class", look), tag("strong", what), " ", Words.time(at), after);
  }

  private static Markup facts(Job job) {
    List<Markup> facts = new ArrayList<>();
    facts.add(fact("Account", Markup.text(job.account())));
    facts.add(fact("Model", Words.name(job.model())));
    facts.add(fact("Endpoint", Markup.text(job.endpoint())));
    facts.add(fact("Provider's job", Words.name(job.providerJobId())));
    facts.add(fact("Provider says", Words.name(job.providerStatus())));
    facts.add(fact("Input file", Words.name(job.inputFileId())));
    facts.add(fact("Size", Markup.text(Words.number(job.bytes()) + " bytes")));
    facts.add(fact("Cost", Words.money(job.cost(), "not billed yet")));
    facts.add(fact("Synchronously", Words.money(job.syncCost(), "not known yet")));
    if (job.unpricedRequests() > 0) {
      facts.add(fact("Unpriced", Markup.text(Words.number(job.unpricedRequests()) + " requests")));
    }
    if (job.resealedFrom() != null) {
      facts.add(
          fact(
              "Taken from",
              tag(
                  "a",
                  at("href", Question.about("job", "batch", job.resealedFrom())),
                  job.resealedFrom())));
    }
    return tag("dl", Markup.all(facts));
  }

  private static Markup fact(String name, Markup value) {
    return tag("div", tag("dt", name), tag("dd", value));
  }

  private Markup failures(Job job) {
    List<Request> failed = requests.failedOfBatch(job.batchId(), FAILURES);
    return failed.isEmpty()
        ? Markup.NONE
        : Markup.all(List.of(tag("h2", "Requests that failed"), FailuresPage.requests(failed)));
  }
}
