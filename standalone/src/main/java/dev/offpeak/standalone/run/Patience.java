package dev.offpeak.standalone.run;

import dev.offpeak.standalone.report.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How long a run looks on while nothing moves and whoever could move it says why not. */
final class Patience {

  private final @Nullable Duration longest;
  private @Nullable Progress last;
  private @Nullable Instant since;

  /**
   * @param longest null for ever
   */
  Patience(@Nullable Duration longest) {
    this.longest = longest;
  }

  /**
   * Whether it is over.
   *
   * @param blocked whether every job that has not ended waits for something
   */
  boolean isOver(Progress progress, boolean blocked, Instant now) {
    Progress moved = progress.waitingFor(List.of());
    if (!blocked || !moved.equals(last) || since == null) {
      last = moved;
      since = now;
    }
    return longest != null && blocked && !since.plus(longest).isAfter(now);
  }
}
