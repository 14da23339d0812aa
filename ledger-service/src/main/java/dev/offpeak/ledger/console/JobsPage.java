package dev.offpeak.ledger.console;

import static dev.offpeak.ledger.console.Markup.at;
import static dev.offpeak.ledger.console.Markup.tag;

import dev.offpeak.ledger.report.Job;
import dev.offpeak.ledger.report.JobReport;
import dev.offpeak.ledger.report.JobReport.Which;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Jobs: how far each is, in the provider's words. */
final class JobsPage {

  private static final int A_PAGE = 100;
  private static final int LAST_PAGE = 10_000;

  private final JobReport jobs;
  private final Clock clock;

  JobsPage(JobReport jobs, Clock clock) {
    this.jobs = jobs;
    this.clock = clock;
  }

  Page of(Question question) {
    Which which =
        Arrays.stream(Which.values())
            .filter(each -> word(each).equals(question.text("which")))
            .findFirst()
            .orElse(Which.ALL);
    int page = page(question);
    List<Job> found = jobs.list(which, question.text("account"), A_PAGE + 1, page * A_PAGE);
    List<Markup> parts = new ArrayList<>();
    parts.add(choices(question, which));
    if (found.isEmpty()) {
      parts.add(
          Words.empty(
              "There is no such job. This makes some:",
              "./offpeak run examples/support-tickets.jsonl -o results.jsonl"));
    } else {
      parts.add(table(found.subList(0, Math.min(A_PAGE, found.size())), clock.instant()));
    }
    parts.add(pages(question, page, found.size() > A_PAGE));
    return new Page("jobs", "Jobs", Markup.all(parts));
  }

  private static int page(Question question) {
    try {
      return Math.clamp(Integer.parseInt(question.text("page")), 0, LAST_PAGE);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static String word(Which which) {
    return which.name().toLowerCase(Locale.ROOT);
  }

  private static Markup choices(Question question, Which current) {
    List<Markup> links =
        Arrays.stream(Which.values())
            .map(
                which ->
                    tag(
                        "a",
                        at("href", question.with("jobs", "which", word(which))),
                        at(which == current ? "aria-current" : "data-which", "true"),
                        word(which).replace('_', ' ')))
            .toList();
    return tag("nav", at("class", "choices"), at("aria-label", "Which"), Markup.all(links));
  }

  private static Markup pages(Question question, int page, boolean more) {
    List<Markup> links = new ArrayList<>();
    if (page > 0) {
      String newer = page == 1 ? "" : Integer.toString(page - 1);
      links.add(tag("a", at("href", question.with("jobs", "page", newer)), "Newer"));
    }
    if (more) {
      String older = Integer.toString(page + 1);
      links.add(tag("a", at("href", question.with("jobs", "page", older)), "Older"));
    }
    return links.isEmpty() ? Markup.NONE : tag("p", at("class", "pages"), Markup.all(links));
  }

  static Markup table(List<Job> jobs, Instant now) {
    return Words.table(
        List.of("batch", "state", "progress", "#failed", "#for", "#cost"),
        jobs.stream().map(job -> row(job, now)).toList());
  }

  private static Markup row(Job job, Instant now) {
    return tag(
        "tr",
        tag(
            "td",
            tag("a", at("class", "id"), at("href", link(job)), job.batchId()),
            tag(
                "span",
                at("class", "under"),
                tag(
                    "a",
                    at("href", Question.about("jobs", "account", job.account())),
                    job.account()),
                " · ",
                Words.name(job.model()))),
        tag(
            "td",
            Words.state(job.state()),
            tag(
                "span",
                at("class", "under"),
                job.providerStatus() == null ? "" : "provider: " + job.providerStatus())),
        tag("td", progress(job)),
        Words.figure(
            job.failed() == 0
                ? tag("span", at("class", "faint"), "0")
                : tag("span", at("class", "bad"), Words.number(job.failed()))),
        Words.figure(
            tag(
                "span",
                at("title", "since " + job.since() + " UTC"),
                Words.age(Duration.between(job.since(), now)))),
        Words.figure(Words.money(job.cost(), job.inFlight() ? "–" : "none")));
  }

  static String link(Job job) {
    return Question.about("job", "batch", job.batchId());
  }

  /** How much is done, as far as the provider tells. */
  static Markup progress(Job job) {
    long all = Math.max(1, job.requests());
    long told = Math.min(job.done() + job.failed(), all);
    String words =
        told == 0 && job.inFlight()
            ? Words.number(job.requests()) + " requests, none told done yet"
            : Words.number(job.done()) + " of " + Words.number(job.requests());
    return tag(
        "span",
        at("class", "progress"),
        tag(
            "progress",
            at("max", all),
            at("value", told),
            at("aria-label", "done of batch " + job.batchId()),
            told * 100 / all + "%"),
        tag("span", at("class", "under"), words));
  }
}
