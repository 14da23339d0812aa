package dev.offpeak.ledger.console;

import static dev.offpeak.ledger.console.Markup.at;
import static dev.offpeak.ledger.console.Markup.tag;

import dev.offpeak.ledger.config.Role.Right;
import dev.offpeak.ledger.report.Job;
import dev.offpeak.ledger.report.JobReport;
import dev.offpeak.ledger.report.Request;
import dev.offpeak.ledger.report.RequestReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The life of a request, or the job of a batch, by whichever of its names is known. */
final class SearchPage {

  private static final int MOST = 50;

  private final JobReport jobs;
  private final RequestReport requests;

  SearchPage(JobReport jobs, RequestReport requests) {
    this.jobs = jobs;
    this.requests = requests;
  }

  Page of(Question question) {
    String what = question.text("q");
    if (what.isEmpty()) {
      return page(
          "Search",
          Markup.all(
              List.of(
                  tag(
                      "form",
                      at("class", "period"),
                      at("action", "search"),
                      tag(
                          "input",
                          at("type", "search"),
                          at("name", "q"),
                          at("aria-label", "Custom id, batch or job"),
                          at("placeholder", "Custom id, batch or job")),
                      tag("button", at("type", "submit"), "Search")),
                  tag(
                      "p",
                      "A custom id, the id of a batch, or the provider's id of a job, as they stand"
                          + " in records, logs and invoices. The key / goes to the search from any"
                          + " page."))));
    }
    List<Markup> found = new ArrayList<>();
    jobs.ofBatch(what).or(() -> jobs.ofProvider(what)).ifPresent(job -> found.add(job(job)));
    requests
        .withCustomId(what, MOST)
        .forEach(request -> found.add(life(request, question.visitor())));
    return page(
        "Search: " + what,
        found.isEmpty()
            ? Words.empty(
                "Nothing is known by this name: it was not asked, is in flight, or is no more kept."
                    + " What the topics themselves hold is told by:",
                "./offpeak audit")
            : Markup.all(found));
  }

  private static Page page(String title, Markup body) {
    return new Page("search", title, body);
  }

  private static Markup job(Job job) {
    return tag(
        "article",
        tag("h2", "Job of batch ", batch(job.batchId())),
        tag("p", Words.state(job.state())),
        JobsPage.progress(job),
        tag("p", "Cost: ", Words.money(job.cost(), "not billed yet")));
  }

  private Markup life(Request of, Visitor visitor) {
    Optional<Job> job = of.batchId() == null ? Optional.empty() : jobs.ofBatch(of.batchId());
    List<Markup> steps = new ArrayList<>();
    steps.add(
        step(
            "asked",
            Markup.text(
                " record "
                    + of.sourcePlace()
                    + " of partition "
                    + of.sourcePart()
                    + " of llm.requests")));
    if (of.admittedAt() != null) {
      steps.add(step("admitted", Words.time(of.admittedAt())));
    }
    job.ifPresent(
        known -> {
          String reason = known.reason() == null ? "" : " (" + known.reason() + ")";
          steps.add(step("sealed" + reason, Words.time(known.sealedAt())));
          steps.add(step("submitted", Words.time(known.submittedAt())));
        });
    steps.add(step(of.failed() ? "failed" : "answered", Words.time(of.at())));
    return tag(
        "article",
        tag(
            "h2",
            Words.name(of.customId()),
            " ",
            Words.state(of.failed() ? "failed" : "succeeded")),
        tag("ol", at("class", "line"), Markup.all(steps)),
        facts(of),
        visitor.may(Right.ANSWERS)
            ? tag(
                "p",
                tag(
                    "a",
                    at("class", "button"),
                    at("href", AnswerPage.link(of)),
                    "What was asked and answered"))
            : Markup.NONE);
  }

  private static Markup facts(Request of) {
    List<Markup> facts = new ArrayList<>();
    facts.add(fact("Tenant", Markup.text(of.tenant())));
    facts.add(fact("Team", Words.name(of.team())));
    facts.add(fact("Feature", Words.name(of.feature())));
    facts.add(fact("Account", Words.name(of.account())));
    facts.add(fact("Model", Words.name(of.model())));
    facts.add(fact("Batch", of.batchId() == null ? Words.name("") : batch(of.batchId())));
    facts.add(fact("Attempt", Markup.text(Integer.toString(of.attempt()))));
    if (of.failed()) {
      facts.add(fact("Code", Words.name(of.code())));
      facts.add(fact("Message", Words.name(of.message())));
    } else {
      facts.add(fact("Tokens", Markup.text(of.input() + " in, " + of.output() + " out")));
      facts.add(fact("Cost", Words.money(of.cost(), "unpriced")));
      facts.add(fact("Synchronously", Words.money(of.syncCost(), "unpriced")));
    }
    if (of.admittedAt() != null) {
      facts.add(fact("Took", Markup.text(Words.age(Duration.between(of.admittedAt(), of.at())))));
    }
    String topic = of.failed() ? "llm.failures" : "llm.results";
    facts.add(
        fact(
            "Outcome",
            Markup.text("record " + of.place() + " of partition " + of.part() + " of " + topic)));
    return tag("dl", Markup.all(facts));
  }

  private static Markup batch(String id) {
    return tag("a", at("href", Question.about("job", "batch", id)), id);
  }

  private static Markup fact(String name, Markup value) {
    return tag("div", tag("dt", name), tag("dd", value));
  }

  private static Markup step(String what, Markup when) {
    return tag("li", tag("strong", what), " ", when);
  }
}
