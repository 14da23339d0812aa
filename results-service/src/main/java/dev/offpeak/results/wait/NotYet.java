package dev.offpeak.results.wait;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Something that can't be done now and is to be tried again. */
public final class NotYet extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient @Nullable Duration atLeast;
  private final boolean needsPerson;

  private NotYet(
      String reason, @Nullable Duration atLeast, boolean needsPerson, @Nullable Throwable cause) {
    super(reason, cause);
    this.atLeast = atLeast;
    this.needsPerson = needsPerson;
  }

  /** After the usual wait. */
  public static NotYet soon(String reason) {
    return new NotYet(reason, null, false, null);
  }

  /** After the usual wait; something of ours has failed. */
  public static NotYet soon(Exception cause) {
    return new NotYet(cause.toString(), null, false, cause);
  }

  /**
   * Not before the other side wants to hear from us again.
   *
   * @param atLeast null when it does not say
   */
  public static NotYet after(String reason, @Nullable Duration atLeast) {
    return new NotYet(reason, atLeast, false, null);
  }

  /** After the longest wait, for what only a person can mend. */
  public static NotYet whenMended(String reason) {
    return new NotYet(reason, null, true, null);
  }

  /** Why, for a person. */
  public String reason() {
    return String.valueOf(getMessage());
  }

  /**
   * How long to wait at least.
   *
   * @param longest the longest usual wait
   */
  Duration atLeast(Duration longest) {
    if (needsPerson) {
      return longest;
    }
    return atLeast == null ? Duration.ZERO : atLeast;
  }
}
