package dev.offpeak.core.wait;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Something that can't be done now and is to be tried again. */
public final class RetryLater extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient @Nullable Duration atLeast;
  private final transient @Nullable Duration atMost;
  private final Cause cause;

  private enum Cause {
    OURS,
    PROVIDER,
    PERSON
  }

  private RetryLater(
      String reason,
      @Nullable Duration atLeast,
      @Nullable Duration atMost,
      Cause cause,
      @Nullable Throwable thrown) {
    super(reason, thrown);
    this.atLeast = atLeast;
    this.atMost = atMost;
    this.cause = cause;
  }

  /** After the usual wait. */
  public static RetryLater soon(String reason) {
    return new RetryLater(reason, null, null, Cause.OURS, null);
  }

  /** After the usual wait; something of ours has failed. */
  public static RetryLater soon(Exception cause) {
    return new RetryLater(cause.toString(), null, null, Cause.OURS, cause);
  }

  /**
   * The provider does not give what it should have, and nobody but itself can change that.
   *
   * @param atLeast before that it wants to hear nothing; null when it does not say
   */
  public static RetryLater undelivered(String reason, @Nullable Duration atLeast) {
    return new RetryLater(reason, atLeast, null, Cause.PROVIDER, null);
  }

  /**
   * Not before the other side wants to hear from us again.
   *
   * @param atLeast null when it does not say
   */
  public static RetryLater after(String reason, @Nullable Duration atLeast) {
    return new RetryLater(reason, atLeast, null, Cause.OURS, null);
  }

  /**
   * Not before that time, for what is believed as it is in the end.
   *
   * @param atMost until then, the waits of further tries included
   */
  public static RetryLater within(String reason, Duration atLeast, Duration atMost) {
    return new RetryLater(reason, atLeast, atMost, Cause.OURS, null);
  }

  /** After the longest wait, for what only a person can mend. */
  public static RetryLater whenMended(String reason) {
    return new RetryLater(reason, null, null, Cause.PERSON, null);
  }

  /** Whether it is the provider that does not deliver. */
  public boolean isUndelivered() {
    return cause == Cause.PROVIDER;
  }

  /** Why, for a person. */
  public String reason() {
    return String.valueOf(getMessage());
  }

  /** How long all waits for it may last; null when nobody knows. */
  public @Nullable Duration atMost() {
    return atMost;
  }

  /**
   * How long to wait at least.
   *
   * @param longest the longest usual wait
   */
  public Duration atLeast(Duration longest) {
    if (cause == Cause.PERSON) {
      return longest;
    }
    return atLeast == null ? Duration.ZERO : atLeast;
  }
}
