package dev.offpeak.ledger.console;

import static dev.offpeak.ledger.console.Markup.at;
import static dev.offpeak.ledger.console.Markup.tag;

import dev.offpeak.ledger.report.Request;
import dev.offpeak.ledger.report.RequestReport;
import dev.offpeak.ledger.report.RequestReport.Failures;
import java.util.ArrayList;
import java.util.List;

/** Requests that failed, by code, and the newest of one code. */
final class FailuresPage {

  private static final int SAMPLES = 50;

  private final RequestReport requests;
  private final Deeds deeds;

  FailuresPage(RequestReport requests, Deeds deeds) {
    this.requests = requests;
    this.deeds = deeds;
  }

  Page of(Question question) {
    String code = question.text("code");
    return code.isEmpty() ? all(question.visitor()) : withCode(code, question.visitor());
  }

  private Page all(Visitor visitor) {
    List<Failures> failures = requests.failures();
    Markup body =
        failures.isEmpty()
            ? Words.empty(
                "No request failed. What fails is shown here by its code, and can be sent again:",
                "./offpeak retry-failures --replay-id NAME --dry-run")
            : tag(
                "div",
                tag(
                    "div",
                    at("class", "actions"),
                    AskPage.button(
                        deeds,
                        visitor,
                        new Deed(Deed.Kind.RETRY, ""),
                        "Send again what may succeed …")),
                Words.table(
                    List.of("code", "#requests", "whose", "again?", "account", "model"),
                    failures.stream().map(FailuresPage::row).toList()));
    return new Page("failures", "Failures", body);
  }

  private static Markup row(Failures of) {
    return tag(
        "tr",
        tag("td", tag("a", at("href", Question.about("failures", "code", of.code())), of.code())),
        Words.figure(Words.number(of.count())),
        tag("td", of.kind().replace('_', ' ')),
        tag(
            "td",
            tag(
                "span",
                at("class", of.retryable() ? "ok" : "faint"),
                of.retryable() ? "↻ may succeed" : "would fail again")),
        tag("td", Words.name(of.account())),
        tag("td", Words.name(of.model())));
  }

  private Page withCode(String code, Visitor visitor) {
    List<Request> failed = requests.withCode(code, SAMPLES);
    List<Markup> parts = new ArrayList<>();
    parts.add(tag("p", tag("a", at("href", "failures"), "All codes")));
    parts.add(
        failed.isEmpty()
            ? Words.empty("No request that is kept failed so. All codes:", "./offpeak audit")
            : requests(failed));
    parts.add(
        tag(
            "div",
            at("class", "actions"),
            AskPage.button(deeds, visitor, new Deed(Deed.Kind.RETRY, code), "Send these again …")));
    parts.add(tag("p", "What of it can be sent again, and what that sends, is said by:"));
    parts.add(
        Words.command(
            "./offpeak retry-failures --replay-id NAME --code " + quoted(code) + " --dry-run"));
    return new Page("failures", "Failed: " + code, Markup.all(parts));
  }

  /** For a shell. */
  static String quoted(String word) {
    return word.matches("[A-Za-z0-9_.-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  static Markup requests(List<Request> failed) {
    return Words.table(
        List.of("custom id", "code", "message", "tenant", "batch", "when"),
        failed.stream().map(FailuresPage::request).toList());
  }

  private static Markup request(Request of) {
    return tag(
        "tr",
        tag("td", customId(of)),
        tag("td", Words.name(of.code())),
        tag("td", at("class", "words"), Words.name(of.message())),
        tag("td", of.tenant()),
        tag("td", batch(of)),
        tag("td", Words.time(of.at())));
  }

  private static Markup customId(Request of) {
    return of.customId() == null
        ? Words.name(null)
        : tag("a", at("href", Question.about("search", "q", of.customId())), of.customId());
  }

  static Markup batch(Request of) {
    return of.batchId() == null
        ? Words.name(null)
        : tag("a", at("href", Question.about("job", "batch", of.batchId())), of.batchId());
  }
}
