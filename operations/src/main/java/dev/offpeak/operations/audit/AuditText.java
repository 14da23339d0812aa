package dev.offpeak.operations.audit;

import java.util.Locale;

/** An audit's report for a person. */
final class AuditText {

  private AuditText() {}

  static String of(AuditReport report) {
    StringBuilder text = new StringBuilder();
    row(text, "requests", report.requests());
    row(text, "one outcome", report.settled());
    row(text, "dropped as duplicates", report.dropped());
    row(text, "in flight", report.inFlight());
    if (report.oldestInFlight() != null) {
      text.append("  oldest in flight since ").append(report.oldestInFlight()).append('\n');
    }
    row(text, "missing", report.missing());
    row(text, "more than one outcome", report.doubled());
    if (report.billedTwice() != null) {
      row(text, "billed twice", report.billedTwice());
    }
    report
        .byTenant()
        .forEach(
            (tenant, counts) -> {
              text.append("tenant ").append(tenant).append('\n');
              for (RequestTally.Count count : RequestTally.Count.values()) {
                Long number = counts.get(count);
                if (number != null) {
                  row(text, count.name().toLowerCase(Locale.ROOT).replace('_', ' '), number);
                }
              }
            });
    report
        .examples()
        .forEach(
            broken ->
                text.append(
                    "  %s: llm.requests partition %d, offset %d%n"
                        .formatted(
                            broken.what().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                            broken.partition(),
                            broken.offset())));
    report.leftOutSentences().forEach(left -> text.append("  ").append(left).append('\n'));
    return text.append(report.isClean() ? "clean\n" : "NOT CLEAN\n").toString();
  }

  private static void row(StringBuilder text, String name, long number) {
    text.append(String.format(Locale.ROOT, "  %-24s %,14d%n", name, number));
  }
}
