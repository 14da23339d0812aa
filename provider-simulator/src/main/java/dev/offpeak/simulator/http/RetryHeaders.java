package dev.offpeak.simulator.http;

import dev.offpeak.simulator.fault.RetryHint;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.UnaryOperator;

/** Says in headers when a call may be tried again. */
public final class RetryHeaders {
  private RetryHeaders() {}

  /**
   * The error with the header that the hint asks for.
   *
   * @param special the spelling that is the provider's own
   */
  public static Reply add(Reply error, RetryHint hint, Instant now, UnaryOperator<Reply> special) {
    return switch (hint.as()) {
      case SECONDS -> error.with("retry-after", Long.toString(hint.seconds()));
      case MS -> error.with("retry-after-ms", Long.toString(hint.afterMs()));
      case DATE ->
          error.with(
              "retry-after",
              DateTimeFormatter.RFC_1123_DATE_TIME.format(
                  now.plusSeconds(hint.seconds()).atZone(ZoneOffset.UTC)));
      case RESET, RETRY_INFO -> special.apply(error);
    };
  }
}
