package dev.offpeak.ledger.proof;

import dev.offpeak.ledger.report.Usd;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Days for a person at a terminal, and below each why it differs. */
public final class ProofTable {

  private ProofTable() {}

  /** A line a day. */
  public static String of(List<DayProof> days) {
    if (days.isEmpty()) {
      return "nothing was used in that time\n";
    }
    StringBuilder text = new StringBuilder();
    text.append(row("day", "account", "state", "requests", "ledger", "provider", "difference"));
    for (DayProof day : days) {
      String when =
          day.first().equals(day.last())
              ? day.first().toString()
              : day.first() + " to " + day.last();
      text.append(
          row(
              when,
              day.account(),
              day.state().word().replace('_', ' '),
              String.format(Locale.ROOT, "%,d", day.ours().requests()),
              Usd.exact(day.oursUsd()),
              usd(day.theirsUsd()),
              usd(day.difference())));
      for (Residual of : day.residuals()) {
        text.append(
            String.format(
                Locale.ROOT,
                "  %s, %s: %+d requests, %+d tokens in, %+d out, %s USD (%s)%n",
                of.kind().word(),
                of.about(),
                of.used().requests(),
                of.used().input(),
                of.used().output(),
                Usd.exact(of.usd()),
                of.kind().words()));
      }
    }
    return text.toString();
  }

  private static String row(Object... cells) {
    return String.format(Locale.ROOT, "%-24s %-20s %-16s %12s %16s %16s %16s%n", cells)
        .replaceFirst(" +$", "");
  }

  private static String usd(@Nullable BigDecimal usd) {
    return usd == null ? "-" : Usd.exact(usd);
  }
}
