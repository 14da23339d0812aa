package dev.offpeak.ledger.follow;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far the ledger has come.
 *
 * @param behind records that it has not read yet, as far as is known
 * @param upToDate when it had read all there was; null when it never has
 * @param problem why it does not go on, for a person; null when it does
 * @param lost records that retention removed before they were read
 */
public record Standing(
    long behind, @Nullable Instant upToDate, @Nullable String problem, long lost) {

  static final Standing BEGUN = new Standing(0, null, "it has not begun to read yet", 0);

  Standing read(long left, Instant now) {
    return new Standing(left, left == 0 ? now : upToDate, null, lost);
  }

  Standing waits(String why) {
    return new Standing(behind, upToDate, why, lost);
  }

  Standing without(long records) {
    return new Standing(behind, upToDate, problem, lost + records);
  }
}
