package dev.offpeak.ledger.console;

import static dev.offpeak.ledger.console.Markup.at;
import static dev.offpeak.ledger.console.Markup.tag;

import dev.offpeak.ledger.report.InstallationReport;
import dev.offpeak.ledger.report.InstallationReport.Quota;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How much each provider lets be in flight, and whether accounts are held. */
final class QuotasPage {

  private final InstallationReport report;
  private final Deeds deeds;
  private final Clock clock;

  QuotasPage(InstallationReport report, Deeds deeds, Clock clock) {
    this.report = report;
    this.deeds = deeds;
    this.clock = clock;
  }

  Page of(Question question) {
    Map<String, @Nullable Instant> accounts = report.accounts();
    List<Quota> quotas = report.quotas();
    if (accounts.isEmpty() && quotas.isEmpty()) {
      return new Page(
          "quotas",
          "Quotas",
          Words.empty(
              "No account has had a job yet. What its provider lets be in flight is shown here with"
                  + " the first one:",
              "./offpeak run examples/support-tickets.jsonl -o results.jsonl"));
    }
    List<Markup> parts = new ArrayList<>();
    parts.add(tag("h2", "Accounts"));
    List<Markup> rows = new ArrayList<>();
    accounts.forEach((account, until) -> rows.add(account(account, until, question.visitor())));
    parts.add(Words.table(List.of("account", "state", "to do"), rows));
    parts.add(tag("h2", "In flight at most"));
    parts.add(
        quotas.isEmpty()
            ? tag("p", "Nothing is in flight, and no provider has refused anything yet.")
            : Words.table(
                List.of("scope", "used", "#in flight", "#limit", "#waiting", "refusals"),
                quotas.stream().map(this::row).toList()));
    return new Page("quotas", "Quotas", Markup.all(parts));
  }

  private Markup account(String account, @Nullable Instant until, Visitor visitor) {
    boolean held = until != null && until.isAfter(clock.instant());
    String state =
        !held ? "in use" : Instant.MAX.equals(until) ? "paused" : "refused by its provider";
    return tag(
        "tr",
        tag("td", tag("a", at("href", Question.about("jobs", "account", account)), account)),
        tag(
            "td",
            tag("span", at("class", "state " + (held ? "bad" : "ok")), state),
            tag(
                "span",
                at("class", "under"),
                !held || until == null || Instant.MAX.equals(until)
                    ? ""
                    : "tried again within " + Words.age(Duration.between(clock.instant(), until)))),
        tag(
            "td",
            AskPage.button(
                deeds,
                visitor,
                new Deed(held ? Deed.Kind.RESUME : Deed.Kind.PAUSE, account),
                held ? "Resume …" : "Pause …")));
  }

  private Markup row(Quota of) {
    Long limit = of.limit();
    return tag(
        "tr",
        tag("td", of.account(), tag("span", at("class", "under"), of.model())),
        tag("td", limit == null ? tag("span", at("class", "faint"), "no limit") : used(of, limit)),
        Words.figure(Words.number(of.inFlight()) + " " + of.unit()),
        Words.figure(
            tag(
                "span",
                limit == null ? "–" : Words.number(limit),
                tag(
                    "span",
                    at("class", "under"),
                    limit == null ? "" : of.learned() ? "learned" : "configured"))),
        Words.figure(Words.number(of.waiting())),
        tag("td", refusals(of)));
  }

  private static Markup used(Quota of, long limit) {
    boolean full = of.inFlight() + of.waiting() > limit;
    return tag(
        "span",
        at("class", "progress"),
        tag(
            "progress",
            at("max", Math.max(1, limit)),
            at("value", Math.min(limit, of.inFlight())),
            at("class", full ? "full" : "room"),
            at("aria-label", "used of " + of.scope()),
            ""),
        tag(
            "span",
            at("class", "under"),
            limit <= 0
                ? ""
                : of.inFlight() * 100 / limit + "% used" + (full ? ", others wait" : "")));
  }

  private Markup refusals(Quota of) {
    Instant until = of.pausedUntil();
    String waits =
        until != null && until.isAfter(clock.instant())
            ? ", waits " + Words.age(Duration.between(clock.instant(), until))
            : "";
    return of.refusals() == 0 && waits.isEmpty()
        ? tag("span", at("class", "faint"), "none")
        : tag("span", at("class", "warn"), of.refusals() + " in a row" + waits);
  }
}
