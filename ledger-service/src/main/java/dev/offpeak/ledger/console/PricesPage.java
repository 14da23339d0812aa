package dev.offpeak.ledger.console;

import static dev.offpeak.ledger.console.Markup.at;
import static dev.offpeak.ledger.console.Markup.tag;

import dev.offpeak.core.lane.Provider;
import dev.offpeak.core.price.PriceRow;
import dev.offpeak.core.price.PriceTable;
import dev.offpeak.core.price.Rates;
import dev.offpeak.ledger.report.InstallationReport;
import dev.offpeak.ledger.report.InstallationReport.Model;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Prices of the models that were asked, and the models that have none. */
final class PricesPage {

  private final InstallationReport report;
  private final PriceTable prices;
  private final Clock clock;

  PricesPage(InstallationReport report, PriceTable prices, Clock clock) {
    this.report = report;
    this.prices = prices;
    this.clock = clock;
  }

  Page of(Question question) {
    List<Model> models = report.models();
    if (models.isEmpty()) {
      return new Page(
          "prices",
          "Prices",
          Words.empty(
              "No model was asked yet. The prices of those that are asked are shown here:",
              "./offpeak run examples/support-tickets.jsonl -o results.jsonl"));
    }
    List<Model> unpriced = models.stream().filter(model -> model.unpriced() > 0).toList();
    List<Markup> parts = new ArrayList<>();
    parts.add(tag("h2", "Without a price"));
    parts.add(unpriced.isEmpty() ? none() : unpriced(unpriced));
    parts.add(tag("h2", "USD for a million tokens"));
    parts.add(
        Words.table(
            List.of(
                "model",
                "#input",
                "#cached",
                "#output",
                "#input, batch",
                "#cached, batch",
                "#output, batch",
                "from"),
            models.stream().map(this::row).toList()));
    parts.add(
        tag(
            "p",
            at("class", "faint"),
            "Of the list that comes with Offpeak, as it holds today. An installation with a price"
                + " file of its own (prices.file) bills by that; money that was billed keeps its"
                + " price."));
    return new Page("prices", "Prices", Markup.all(parts));
  }

  private static Markup none() {
    return tag("p", at("class", "note ok"), "✓ All that was billed has a price.");
  }

  private static Markup unpriced(List<Model> unpriced) {
    return Markup.all(
        List.of(
            tag(
                "p",
                at("class", "note warn"),
                "These are in no sum of money. Give them a price in a file that prices.file names;"
                    + " what is billed from then on has it."),
            Words.table(
                List.of("model", "#requests", "#tokens", "last"),
                unpriced.stream()
                    .map(
                        model ->
                            tag(
                                "tr",
                                tag("td", name(model)),
                                Words.figure(Words.number(model.unpriced())),
                                Words.figure(Words.number(model.unpricedTokens())),
                                tag("td", model.last().toString())))
                    .toList())));
  }

  private static Markup name(Model model) {
    return tag(
        "span",
        tag("a", at("href", Question.about("savings", "model", model.name())), model.name()),
        tag("span", at("class", "under"), model.provider()));
  }

  private Markup row(Model model) {
    Optional<PriceRow> row = price(model);
    List<Object> cells = new ArrayList<>();
    cells.add(tag("td", name(model)));
    if (row.isEmpty()) {
      cells.add(
          tag("td", at("colspan", 7), at("class", "warn"), "▲ no price in the built-in list"));
    } else {
      Rates sync = row.get().price().usual().sync();
      Rates batch = row.get().price().usual().batch();
      for (Rates rates : List.of(sync, batch)) {
        cells.add(rate(rates.input()));
        cells.add(rate(rates.cachedInput()));
        cells.add(rate(rates.output()));
      }
      cells.add(
          tag(
              "td",
              row.get().from().toString(),
              tag(
                  "span",
                  at("class", "under"),
                  row.get().price().longer() == null
                      ? ""
                      : "dearer above " + Words.number(row.get().price().longFrom()) + " tokens")));
    }
    return tag("tr", cells.toArray());
  }

  private Optional<PriceRow> price(Model model) {
    try {
      LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
      return prices.findRow(new Provider(model.provider()), model.name(), today);
    } catch (IllegalArgumentException noProvider) {
      return Optional.empty();
    }
  }

  private static Markup rate(long picoUsd) {
    BigDecimal usd = BigDecimal.valueOf(picoUsd, 6).stripTrailingZeros();
    return Words.figure(usd.scale() < 2 ? usd.setScale(2).toPlainString() : usd.toPlainString());
  }
}
