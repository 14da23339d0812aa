package dev.offpeak.ledger.command;

import dev.offpeak.core.text.Visible;
import dev.offpeak.ledger.report.By;
import dev.offpeak.ledger.report.UsageSum;
import dev.offpeak.ledger.report.Usd;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Sums for a person: a table, and what has no price below it. */
final class UsageText {

  private static final int NUMBERS = 6;
  private static final String GAP = "  ";

  private UsageText() {}

  static String of(List<By> by, List<UsageSum> sums) {
    if (sums.isEmpty()) {
      return "nothing was used yet: ./offpeak run examples/support-tickets.jsonl uses something\n";
    }
    UsageSum total = sums.stream().reduce(UsageSum.NONE, UsageSum::plus);
    List<List<String>> rows = new ArrayList<>();
    rows.add(head(by));
    sums.forEach(sum -> rows.add(row(keys(sum), sum)));
    rows.add(row(inAll(by.size()), total));
    return table(rows, by.size()) + unpriced(total);
  }

  private static List<String> head(List<By> by) {
    List<String> head = new ArrayList<>(by.stream().map(By::word).toList());
    Collections.addAll(head, "requests", "input", "output", "cost", "synchronous", "saved");
    return head;
  }

  private static List<String> keys(UsageSum sum) {
    return sum.keys().stream().map(key -> key.isEmpty() ? "(none)" : Visible.of(key)).toList();
  }

  private static List<String> inAll(int keys) {
    List<String> cells = new ArrayList<>(Collections.nCopies(keys, ""));
    cells.set(0, "in all");
    return cells;
  }

  private static List<String> row(List<String> keys, UsageSum sum) {
    List<String> cells = new ArrayList<>(keys);
    cells.add(String.format(Locale.ROOT, "%,d", sum.requests()));
    cells.add(String.format(Locale.ROOT, "%,d", sum.input()));
    cells.add(String.format(Locale.ROOT, "%,d", sum.output()));
    String mark = sum.isPartlyUnpriced() ? "*" : "";
    boolean isPriced = sum.requests().compareTo(sum.unpricedRequests()) > 0;
    cells.add(isPriced ? Usd.shown(sum.cost()) + mark : "unpriced");
    cells.add(isPriced ? Usd.shown(sum.syncCost()) + mark : "unpriced");
    cells.add(isPriced ? Usd.shown(sum.saved()) + " " + sum.savedPercent() + "%" : "unpriced");
    return cells;
  }

  private static String table(List<List<String>> rows, int keys) {
    int[] widths = new int[keys + NUMBERS];
    rows.forEach(
        row -> {
          for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], row.get(i).length());
          }
        });
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String cell = row.get(i);
        String space = " ".repeat(widths[i] - cell.length());
        line.append(i == 0 ? "" : GAP).append(i < keys ? cell + space : space + cell);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static String unpriced(UsageSum total) {
    return total.isPartlyUnpriced()
        ? String.format(
            Locale.ROOT,
            "* without %,d requests of %,d tokens whose model has no price (prices.file gives it"
                + " one)%n",
            total.unpricedRequests(),
            total.unpricedTokens())
        : "";
  }
}
