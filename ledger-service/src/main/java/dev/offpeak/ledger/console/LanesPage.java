package dev.offpeak.ledger.console;

import static dev.offpeak.ledger.console.Markup.at;
import static dev.offpeak.ledger.console.Markup.tag;

import dev.offpeak.ledger.report.InstallationReport;
import dev.offpeak.ledger.report.InstallationReport.Lane;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Lanes: what may share a batch, how full batches were, and why they were sealed. */
final class LanesPage {

  private static final int REASONS = 3;
  private static final Duration LOOKED_BACK = Duration.ofDays(7);

  private final InstallationReport report;
  private final Deeds deeds;
  private final Clock clock;

  LanesPage(InstallationReport report, Deeds deeds, Clock clock) {
    this.report = report;
    this.deeds = deeds;
    this.clock = clock;
  }

  Page of(Question question) {
    List<Lane> lanes = report.lanes(clock.instant().minus(LOOKED_BACK));
    if (lanes.isEmpty()) {
      return new Page(
          "lanes",
          "Lanes",
          Words.empty(
              "No batch was sealed in seven days. Requests of the same account, endpoint and model"
                  + " share batches; this makes some:",
              "./offpeak run examples/support-tickets.jsonl -o results.jsonl"));
    }
    List<Markup> parts = new ArrayList<>();
    parts.add(
        tag(
            "p",
            "Requests of one lane share batches. Sealed in seven days; what is being filled now is"
                + " sealed when it is full, or has waited long enough (linger)."));
    parts.add(
        Words.table(
            List.of(
                "lane",
                "#batches",
                "#requests in one",
                "why sealed",
                "#waiting",
                "#in flight",
                "#last",
                "to do"),
            lanes.stream().map(lane -> row(lane, question.visitor())).toList()));
    return new Page("lanes", "Lanes", Markup.all(parts));
  }

  private Markup row(Lane lane, Visitor visitor) {
    String[] names = lane.id().split("\\|", -1);
    String because =
        lane.because().entrySet().stream()
            .sorted((a, b) -> Long.compare(b.getValue(), a.getValue()))
            .limit(REASONS)
            .map(each -> each.getKey().replace('_', ' ') + " " + Words.number(each.getValue()))
            .collect(Collectors.joining(", "));
    return tag(
        "tr",
        tag(
            "td",
            at("title", lane.id()),
            names[names.length - 1],
            tag(
                "span",
                at("class", "under"),
                names.length < 4 ? lane.id() : names[1] + " · " + names[2])),
        Words.figure(Words.number(lane.batches())),
        Words.figure(Words.number(lane.requests() / Math.max(1, lane.batches()))),
        tag("td", because),
        Words.figure(Words.number(lane.waiting())),
        Words.figure(Words.number(lane.flying())),
        Words.figure(Words.age(Duration.between(lane.last(), clock.instant())) + " ago"),
        tag(
            "td",
            AskPage.button(deeds, visitor, new Deed(Deed.Kind.FLUSH, lane.id()), "Seal now …")));
  }
}
