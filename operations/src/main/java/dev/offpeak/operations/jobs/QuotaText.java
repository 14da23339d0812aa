package dev.offpeak.operations.jobs;

import dev.offpeak.schemas.avro.QuotaRecord;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Quotas for a person: a line each, and below it what was learned from refusals. */
final class QuotaText {

  private static final String NONE = "-";
  private static final String FORMAT = "%-36s  %-8s  %13s  %13s  %13s  %11s%n";

  private QuotaText() {}

  static String of(List<Quota> quotas, Instant now) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            FORMAT, "account model", "unit", "in flight", "waiting", "limit", "bytes/token"));
    for (Quota quota : quotas) {
      text.append(
          String.format(
              FORMAT,
              (quota.scope().account() + " " + quota.scope().model()).strip(),
              quota.unit().name().toLowerCase(Locale.ROOT),
              count(quota.inFlight()),
              count(quota.waiting()),
              count(quota.limit()),
              quota.bytesPerToken() == null
                  ? NONE
                  : String.format(Locale.ROOT, "%.2f", quota.bytesPerToken())));
      if (quota.lessons() != null) {
        appendRefusals(text, quota.lessons(), now);
      }
    }
    return text.append(quotas.size()).append(" quotas\n").toString();
  }

  private static void appendRefusals(StringBuilder text, QuotaRecord lessons, Instant now) {
    if (lessons.getLearnedLimit() == null) {
      return;
    }
    text.append("    learned ")
        .append(count(lessons.getLearnedLimit()))
        .append(" from a refusal at ")
        .append(count(lessons.getRefusedSum()));
    Instant paused = lessons.getPausedUntil();
    if (paused != null && paused.isAfter(now)) {
      text.append("; nothing is submitted until ").append(paused);
    }
    text.append('\n');
  }

  private static String count(@Nullable Long number) {
    return number == null ? NONE : String.format(Locale.ROOT, "%,d", number);
  }
}
