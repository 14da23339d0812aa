package dev.offpeak.ledger.command;

import dev.offpeak.core.text.Visible;
import dev.offpeak.ledger.report.Missed;
import dev.offpeak.ledger.report.UsageCsv;
import dev.offpeak.ledger.report.UsageSum;
import dev.offpeak.ledger.report.Usd;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** What was missed, for a person, or its sums for a program. */
final class MissedText {

  private MissedText() {}

  static void print(List<Missed> all, boolean json, boolean csv, PrintWriter out) {
    List<UsageSum> sums = all.stream().map(Missed::sum).toList();
    if (json) {
      sums.forEach(sum -> out.println(UsageJson.of(Missed.BY, sum)));
    } else if (csv) {
      out.print(UsageCsv.of(Missed.BY, sums));
    } else {
      out.print(of(all));
    }
    out.flush();
  }

  static String of(List<Missed> all) {
    if (all.isEmpty()) {
      return "nothing was called at full price: all of it went in batches\n";
    }
    StringBuilder text = new StringBuilder();
    text.append(
        row("team", "feature", "model", "requests", "spent", "~ missed", "what would catch it"));
    for (Missed each : all) {
      text.append(
          row(
              shown(each.team()),
              shown(each.feature()),
              shown(each.model()),
              String.format(Locale.ROOT, "%,d", each.sum().requests()),
              Usd.shown(each.sum().cost()),
              Usd.shown(each.saving()),
              each.reason() + ": " + each.remedy()));
    }
    BigDecimal saving = all.stream().map(Missed::saving).reduce(BigDecimal.ZERO, BigDecimal::add);
    return text.append("in all about ")
        .append(Usd.shown(saving))
        .append(" (providers halve their prices in batches)\n")
        .toString();
  }

  private static String shown(String name) {
    return name.isEmpty() ? "(none)" : Visible.of(name);
  }

  private static String row(Object... cells) {
    return String.format(Locale.ROOT, "%-16s %-16s %-24s %10s %12s %12s  %s%n", cells);
  }
}
