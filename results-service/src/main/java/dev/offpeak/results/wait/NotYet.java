package dev.offpeak.results.wait;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Something that can't be done now and is to be tried again. */
public final class NotYet extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient @Nullable Duration atLeast;
  private final transient @Nullable Duration atMost;
  private final boolean needsPerson;

  private NotYet(
      String reason,
      @Nullable Duration atLeast,
      @Nullable Duration atMost,
      boolean needsPerson,
      @Nullable Throwable cause) {
    super(reason, cause);
    this.atLeast = atLeast;
    this.atMost = atMost;
    this.needsPerson = needsPerson;
  }

  /** After the usual wait. */
  public static NotYet soon(String reason) {
    return new NotYet(reason, null, null, false, null);
  }

  /** After the usual wait; something of ours has failed. */
  public static NotYet soon(Exception cause) {
    return new NotYet(cause.toString(), null, null, false, cause);
  }

  /**
   * Not before the other side wants to hear from us again.
   *
   * @param atLeast null when it does not say
   */
  public static NotYet after(String reason, @Nullable Duration atLeast) {
    return new NotYet(reason, atLeast, null, false, null);
  }

  /**
   * Not before that time, for what is believed as it is in the end.
   *
   * @param atMost until then, the waits of further tries included
   */
  public static NotYet within(String reason, Duration atLeast, Duration atMost) {
    return new NotYet(reason, atLeast, atMost, false, null);
  }

  /** After the longest wait, for what only a person can mend. */
  public static NotYet whenMended(String reason) {
    return new NotYet(reason, null, null, true, null);
  }

  /** Why, for a person. */
  public String reason() {
    return String.valueOf(getMessage());
  }

  /** How long all waits for it may last; null when nobody knows. */
  @Nullable Duration atMost() {
    return atMost;
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
