package dev.offpeak.ledger.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Sums for a spreadsheet, money with every digit. */
public final class UsageCsv {

  private static final List<String> NUMBERS =
      List.of(
          "requests",
          "unpriced_requests",
          "input_tokens",
          "cached_input_tokens",
          "output_tokens",
          "unpriced_tokens",
          "cost_usd",
          "sync_cost_usd",
          "saved_usd");

  private UsageCsv() {}

  /** With a line of names. */
  public static String of(List<By> by, List<UsageSum> sums) {
    StringBuilder csv = new StringBuilder();
    List<String> names = new ArrayList<>(by.stream().map(By::word).toList());
    names.addAll(NUMBERS);
    csv.append(String.join(",", names)).append("\r\n");
    sums.forEach(sum -> csv.append(line(sum)).append("\r\n"));
    return csv.toString();
  }

  private static String line(UsageSum sum) {
    List<String> cells =
        sum.keys().stream().map(UsageCsv::text).collect(Collectors.toCollection(ArrayList::new));
    cells.add(sum.requests().toString());
    cells.add(sum.unpricedRequests().toString());
    cells.add(sum.input().toString());
    cells.add(sum.cachedInput().toString());
    cells.add(sum.output().toString());
    cells.add(sum.unpricedTokens().toString());
    cells.add(Usd.exact(sum.cost()));
    cells.add(Usd.exact(sum.syncCost()));
    cells.add(Usd.exact(sum.saved()));
    return String.join(",", cells);
  }

  /** Foreign text as text: a spreadsheet would calculate what begins like a formula. */
  private static String text(String foreign) {
    String safe =
        !foreign.isEmpty() && "=+-@\t\r".indexOf(foreign.charAt(0)) >= 0 ? "'" + foreign : foreign;
    return safe.chars().anyMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r')
        ? '"' + safe.replace("\"", "\"\"") + '"'
        : safe;
  }
}
