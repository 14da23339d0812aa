package dev.offpeak.ingest.batches;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.core.outcome.FailureKind;
import dev.offpeak.ingest.line.JsonSpan;
import dev.offpeak.ingest.line.Line;
import dev.offpeak.ingest.line.LineReader;
import dev.offpeak.schemas.json.ForeignJson;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A line of an output or error file, for those who show outcomes in a form of their own. What was
 * written in its provider's form already ({@code outputs.format: json}) is read as well.
 *
 * @param number which line of the input it answers, counted from 0; -1 when that is not known
 * @param customId null when the line could not be read that far
 * @param end how it ended
 * @param body what its provider said, as it came; null when it said nothing
 * @param code of a failure, for programs
 * @param message of a failure, for a person
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record OutcomeLine(
    int number,
    @Nullable String customId,
    End end,
    byte @Nullable [] body,
    String code,
    String message) {

  private static final String NUMBER = "batch_req_";

  /** How a request ends. */
  public enum End {
    ANSWERED,
    FAILED,
    CANCELLED,
    EXPIRED
  }

  /** Does something with one. */
  @FunctionalInterface
  public interface Taker {

    /** Takes the next one. */
    void take(OutcomeLine outcome) throws IOException;
  }

  /** Whether whoever sent the request has to change it. */
  public boolean isSendersFault() {
    return FailureCode.of(code).filter(own -> own.kind() == FailureKind.YOUR_INPUT).isPresent();
  }

  /** Reads a file to its end. */
  static void read(InputStream in, boolean failed, Taker taker) throws IOException {
    lines(in, line -> taker.take(of(line, failed)));
  }

  /** Hands out the lines of a file that this gateway has written. */
  static void lines(InputStream in, VirtualBatches.LineTaker taker) throws IOException {
    LineReader reader = new LineReader(in, Integer.MAX_VALUE - 2, Integer.MAX_VALUE);
    for (Line line = reader.next(); line != null; line = reader.next()) {
      if (line instanceof Line.Whole(long _, byte[] bytes)) {
        taker.take(bytes);
      }
    }
  }

  /**
   * Reads a line.
   *
   * @param failed whether it stands among those that failed
   */
  static OutcomeLine of(byte[] line, boolean failed) throws IOException {
    String id = text(line, "id");
    String customId = text(line, "custom_id");
    if (customId == null) {
      customId = text(line, "key");
    }
    String code = failed ? text(line, "error", "code") : null;
    String status = failed ? text(line, "error", "status") : null;
    String said = failed ? text(line, "error", "message") : null;
    byte[] body = body(line, failed);
    return new OutcomeLine(
        number(id),
        customId,
        end(failed, code, text(line, "result", "type")),
        body,
        status == null ? (code == null ? "" : code) : status,
        said == null ? "" : said);
  }

  private static byte @Nullable [] body(byte[] line, boolean failed) throws IOException {
    JsonSpan body = JsonSpan.of(line, "response", "body");
    if (body == null) {
      body = failed ? JsonSpan.of(line, "result", "error") : JsonSpan.of(line, "result", "message");
    }
    if (body == null && JsonSpan.of(line, "key") != null) {
      body = JsonSpan.of(line, failed ? "error" : "response");
    }
    return body == null || line[body.value()] != '{' ? null : body.valueIn(line);
  }

  private static End end(boolean failed, @Nullable String code, @Nullable String type) {
    if (!failed) {
      return End.ANSWERED;
    }
    if ("batch_cancelled".equals(code) || "canceled".equals(type)) {
      return End.CANCELLED;
    }
    return "batch_expired".equals(code) || "expired".equals(type) ? End.EXPIRED : End.FAILED;
  }

  private static int number(@Nullable String id) {
    if (id == null || !id.startsWith(NUMBER)) {
      return -1;
    }
    try {
      return Integer.parseInt(id.substring(id.lastIndexOf('_') + 1));
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static @Nullable String text(byte[] line, String... path) throws IOException {
    JsonSpan span = JsonSpan.of(line, path);
    if (span == null) {
      return null;
    }
    try (JsonParser json = ForeignJson.parser(line, span.value(), span.end() - span.value())) {
      return json.nextToken() == JsonToken.VALUE_STRING ? json.getText() : null;
    }
  }
}
