package dev.offpeak.simulator.billing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The buckets of one page of a report.
 *
 * @param starts where each begins, in milliseconds
 * @param width how long each is
 * @param next where the next page begins; -1: this is the last
 */
record Windows(List<Long> starts, long width, long next) {
  private static final String PAGE = "page_";
  private static final Map<String, Duration> WIDTHS =
      Map.of("1m", Duration.ofMinutes(1), "1h", Duration.ofHours(1), "1d", Duration.ofDays(1));
  private static final Map<String, Integer> MOST = Map.of("1m", 1440, "1h", 168, "1d", 31);
  private static final Map<String, Integer> USUAL = Map.of("1m", 60, "1h", 24, "1d", 7);

  /**
   * What a call asks for.
   *
   * @param from in milliseconds, any time in the first bucket
   * @param to in milliseconds, exclusive
   * @param width {@code 1m}, {@code 1h} or {@code 1d}
   * @param limit how many buckets; empty: as many as is usual
   * @param page the page, empty: the first
   * @param mostDays how many buckets of a day there may be; 0: as many as is usual
   */
  record Asked(long from, long to, String width, String limit, String page, int mostDays) {}

  /**
   * The page that is asked for.
   *
   * @throws IllegalArgumentException in the words of the answer
   */
  static Windows of(Asked asked) {
    Duration width = WIDTHS.get(asked.width());
    if (width == null) {
      throw new IllegalArgumentException("bucket_width must be one of 1m, 1h, 1d");
    }
    boolean days = asked.width().equals("1d");
    int most =
        days && asked.mostDays() > 0 ? asked.mostDays() : MOST.getOrDefault(asked.width(), 1);
    int limit = USUAL.getOrDefault(asked.width(), 1);
    if (!asked.limit().isEmpty()) {
      limit = asked.limit().matches("\\d{1,6}") ? Integer.parseInt(asked.limit()) : 0;
      if (limit < 1 || limit > most) {
        throw new IllegalArgumentException(
            "limit must be 1 to " + most + " with bucket_width " + asked.width());
      }
    }
    long step = width.toMillis();
    long start = asked.page().isEmpty() ? asked.from() : place(asked.page());
    List<Long> starts = new ArrayList<>();
    long at = Math.floorDiv(start, step) * step;
    for (; at < asked.to() && starts.size() < limit; at += step) {
      starts.add(at);
    }
    return new Windows(starts, step, at < asked.to() ? at : -1);
  }

  private static long place(String page) {
    if (!page.matches(PAGE + "\\d{1,15}")) {
      throw new IllegalArgumentException("page is not one that next_page named");
    }
    return Long.parseLong(page.substring(PAGE.length()));
  }

  /** The name of the next page; null: there is none. */
  @Nullable String nextPage() {
    return next < 0 ? null : PAGE + next;
  }

  /** The charges of a bucket. */
  List<Charge> in(long start, List<Charge> all) {
    return all.stream()
        .filter(charge -> charge.minute() >= start && charge.minute() < start + width)
        .toList();
  }
}
