package dev.offpeak.provider.foreign;

import com.fasterxml.jackson.core.JsonParser;
import dev.offpeak.core.price.ReportedUsage;
import dev.offpeak.core.price.ReportedUsage.Standing;
import dev.offpeak.core.price.TokenUsage;
import java.io.IOException;

/** The token counts of one response while they are read, and whether they can be believed. */
public final class TokenCounts {

  /**
   * More than any request has: the longest contexts are ten million tokens. Times the dearest price
   * it is still far from the end of a long.
   */
  static final long MOST = 100_000_000;

  private boolean some;
  private boolean implausible;
  private boolean otherMeters;

  /** The count that is the current token, passed over to its end; 0 when it is none. */
  public long read(JsonParser in) throws IOException {
    some |= !ForeignNumbers.isNothing(in);
    long count = ForeignNumbers.read(in, MOST);
    if (count == ForeignNumbers.IMPLAUSIBLE) {
      implausible = true;
      return 0;
    }
    return count;
  }

  /**
   * The count of something with a price of its own that no list here has, such as audio: when there
   * was any, the answer has no cost, which is better than one that is too low.
   */
  public void readOther(JsonParser in) throws IOException {
    if (read(in) > 0) {
      foundOther();
    }
  }

  /** As {@link #readOther}, where the count was read already. */
  public void foundOther() {
    otherMeters = true;
  }

  /** The usage made of them. What was read from the cache is a part of what was put in. */
  public ReportedUsage of(TokenUsage tokens) {
    if (implausible || tokens.cachedInput() > tokens.input()) {
      return new ReportedUsage(tokens, Standing.IMPLAUSIBLE);
    }
    if (otherMeters) {
      return new ReportedUsage(tokens, Standing.OTHER_METERS);
    }
    return some ? ReportedUsage.of(tokens) : ReportedUsage.MISSING;
  }
}
