package dev.offpeak.ledger.console;

import static dev.offpeak.ledger.console.Markup.at;
import static dev.offpeak.ledger.console.Markup.tag;

import dev.offpeak.ledger.config.Role.Right;
import dev.offpeak.ledger.report.Job;
import dev.offpeak.ledger.report.JobReport;
import dev.offpeak.ledger.report.RequestReport;
import dev.offpeak.ledger.report.Usd;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says what something does and costs before it is asked for; and what was asked for. */
final class AskPage {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final JobReport jobs;
  private final RequestReport requests;
  private final Deeds deeds;
  private final Clock clock;

  AskPage(JobReport jobs, RequestReport requests, Deeds deeds, Clock clock) {
    this.jobs = jobs;
    this.requests = requests;
    this.deeds = deeds;
    this.clock = clock;
  }

  /** A button that leads to the confirmation; nothing for who may not ask. */
  static Markup button(Deeds deeds, Visitor visitor, Deed deed, String words) {
    return deeds.mayBeDone() && visitor.may(Right.ACT)
        ? tag("a", at("class", "button"), at("href", deed.address()), words)
        : Markup.NONE;
  }

  Page of(Question question) {
    Optional<Deed> asked = Deed.of(question.values());
    if (asked.isEmpty()) {
      return asked();
    }
    Deed deed = asked.get();
    List<Markup> parts = new ArrayList<>();
    meaning(deed).forEach(words -> parts.add(tag("p", words)));
    if (!deeds.mayBeDone()) {
      parts.add(
          Words.empty(
              "This ledger-service may not ask for it (console.actions). In the terminal:",
              command(deed)));
    } else {
      parts.add(form(deed, question.visitor()));
      parts.add(tag("p", at("class", "faint"), "The same in the terminal:"));
      parts.add(Words.command(command(deed)));
    }
    return new Page("asked", deed.title() + "?", Markup.all(parts));
  }

  private Markup form(Deed deed, Visitor visitor) {
    return tag(
        "form",
        at("method", "post"),
        at("action", "ask"),
        at("class", "actions"),
        hidden("token", visitor.token()),
        hidden("do", deed.kind().word()),
        hidden("of", deed.of()),
        hidden("replay", "console-" + STAMP.format(clock.instant())),
        tag(
            "button",
            at("type", "submit"),
            at("class", deed.kind() == Deed.Kind.CANCEL ? "danger" : "sure"),
            switch (deed.kind()) {
              case PAUSE -> "Pause it";
              case RESUME -> "Resume it";
              case FLUSH -> "Seal it now";
              case CANCEL -> "Cancel it";
              case RETRY -> "Send them again";
            }),
        tag("a", at("class", "button"), at("href", back(deed)), "No"));
  }

  private static Markup hidden(String name, String value) {
    return tag("input", at("type", "hidden"), at("name", name), at("value", value));
  }

  private static String back(Deed deed) {
    return switch (deed.kind()) {
      case PAUSE, RESUME -> "quotas";
      case FLUSH -> "lanes";
      case CANCEL -> Question.about("job", "batch", deed.of());
      case RETRY ->
          deed.of().isEmpty() ? "failures" : Question.about("failures", "code", deed.of());
    };
  }

  /** What it does, and what it costs. */
  private List<String> meaning(Deed deed) {
    return switch (deed.kind()) {
      case PAUSE -> {
        JobReport.Load load = jobs.ofAccount(deed.of());
        yield List.of(
            "Nothing new is submitted to the account, and new requests go to another account that"
                + " takes them, until somebody resumes it.",
            "Jobs at the provider go on and are billed: "
                + load.atProvider()
                + " now. Waiting here: "
                + load.waiting()
                + ", with "
                + Words.number(load.waitingRequests())
                + " requests; those with a deadline may miss it.");
      }
      case RESUME -> {
        JobReport.Load load = jobs.ofAccount(deed.of());
        yield List.of(
            "Batches are submitted to the account again, also when its provider had refused it: it"
                + " is tried at once.",
            "Waiting: "
                + load.waiting()
                + " batches with "
                + Words.number(load.waitingRequests())
                + " requests, which will cost ≈ "
                + Usd.shown(load.waitingCost())
                + ".");
      }
      case FLUSH ->
          List.of(
              "The batch that is being filled is sealed and submitted without waiting for more.",
              "A request costs the same in a small batch as in a full one; but each batch counts as"
                  + " a job where the provider limits these.");
      case CANCEL -> cancelling(deed.of());
      case RETRY -> sendingAgain(deed.of());
    };
  }

  private List<String> cancelling(String batchId) {
    Optional<Job> job = jobs.ofBatch(batchId);
    if (job.isEmpty() || !job.get().inFlight()) {
      return List.of("The ledger knows no such batch that has not ended: nothing would be met.");
    }
    return List.of(
        "Its requests that the provider has not executed end as cancelled; they can be sent again.",
        "What is executed by then is billed all the same, and its answers are kept: "
            + Words.number(job.get().done())
            + " of "
            + Words.number(job.get().requests())
            + " requests so far, as the provider tells.");
  }

  private List<String> sendingAgain(String code) {
    List<String> said = new ArrayList<>();
    RequestReport.Again again = requests.again(code);
    said.add(
        Words.number(again.requests())
            + " requests that are kept failed so. Each is sent to llm.requests once more, as it"
            + " was, and is executed and paid like a new one: ≈ "
            + Usd.shown(again.cost())
            + ", by what a request of its model has cost so far.");
    said.add(
        "Requests that were sent again before, under another name, are sent once more. Pressing"
            + " twice sends them once: this form has a name of its own.");
    if (again.wouldFail() > 0) {
      said.add(
          Words.number(again.wouldFail())
              + " of them would fail again as they are, as far as their code tells.");
    }
    return said;
  }

  private static String command(Deed deed) {
    String of = FailuresPage.quoted(deed.of());
    return "./offpeak "
        + switch (deed.kind()) {
          case PAUSE -> "pause --account " + of;
          case RESUME -> "resume --account " + of;
          case FLUSH -> "flush --lane " + of;
          case CANCEL -> "cancel --batch " + of;
          case RETRY ->
              "retry-failures --replay-id NAME" + (deed.of().isEmpty() ? "" : " --code " + of);
        };
  }

  /** What was asked for from here. */
  Page asked() {
    List<Deeds.Done> all = deeds.all();
    return new Page(
        "asked",
        "Actions",
        all.isEmpty()
            ? Words.empty(
                deeds.mayBeDone()
                    ? "Nothing was asked for from here since this service started. Accounts are"
                        + " paused on the page Quotas, lanes flushed on Lanes, failures sent"
                        + " again on Failures; or in the terminal:"
                    : "Nothing may be asked for from here (console.actions). In the terminal:",
                "./offpeak pause --help")
            : Words.table(
                List.of("when", "who", "what", "what came of it"),
                all.stream().map(AskPage::row).toList()));
  }

  private static Markup row(Deeds.Done done) {
    Markup state =
        done.said() == null
            ? Words.state("being done")
            : tag(
                "span",
                at("class", done.failed() ? "bad" : "ok"),
                (done.failed() ? "▲ " : "✓ ") + done.said());
    return tag(
        "tr",
        tag("td", Words.time(done.at())),
        tag("td", done.who().isEmpty() ? "this machine" : done.who()),
        tag("td", at("class", "words"), done.deed().title()),
        tag("td", at("class", "words"), state));
  }
}
