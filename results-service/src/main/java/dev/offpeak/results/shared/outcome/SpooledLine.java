package dev.offpeak.results.shared.outcome;

import dev.offpeak.core.price.ReportedUsage;
import dev.offpeak.provider.ResultLine;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A line of results as it comes back from the spool.
 *
 * @param statusCode HTTP status of the execution, 0 when there was none
 * @param model that answered, empty when the provider does not say
 * @param code of an error, else empty
 * @param message of an error, or what can't be read
 * @param usage what was billed, of an answer or of what came in its place
 * @param body the provider's bytes; valid until the next line is read
 */
public record SpooledLine(
    int statusCode,
    @Nullable String requestId,
    String model,
    String code,
    String message,
    ReportedUsage usage,
    ByteBuffer body) {

  /** A line that was not spooled, since there is only one. */
  public static SpooledLine of(ResultLine.Succeeded line) {
    return new SpooledLine(
        line.statusCode(),
        line.requestId(),
        line.model(),
        "",
        "",
        line.usage(),
        ByteBuffer.wrap(line.body()));
  }

  /** The same of an error. */
  public static SpooledLine of(ResultLine.Errored line) {
    return new SpooledLine(
        line.statusCode(),
        line.requestId(),
        line.model(),
        line.code(),
        line.message(),
        line.usage(),
        ByteBuffer.wrap(line.body()));
  }
}
