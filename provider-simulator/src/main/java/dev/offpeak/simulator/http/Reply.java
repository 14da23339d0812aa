package dev.offpeak.simulator.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer as a value, so that a fault can withhold or change it after the call took effect.
 *
 * @param status the HTTP status
 * @param contentType of the body
 * @param headers more headers
 * @param body the body
 */
public record Reply(int status, String contentType, Map<String, String> headers, Body body) {
  private static final String JSON = "application/json";

  /** What a reply carries. */
  public sealed interface Body {
    /** A body in memory. */
    record Bytes(byte[] bytes) implements Body {}

    /** A body on disk. */
    record Stored(Path file, long length) implements Body {}

    /** A body that is written as it is sent. */
    @FunctionalInterface
    non-sealed interface Streamed extends Body {
      /** Writes the body. */
      void writeTo(OutputStream out) throws IOException;
    }
  }

  /** A JSON answer. */
  public static Reply json(int status, byte[] body) {
    return new Reply(status, JSON, Map.of(), new Body.Bytes(body));
  }

  /** The content of a file. */
  public static Reply file(Path file, long length) {
    return new Reply(200, "application/octet-stream", Map.of(), new Body.Stored(file, length));
  }

  /** JSON lines, written as they are sent. */
  public static Reply lines(Body.Streamed body) {
    return new Reply(200, "application/x-ndjson", Map.of(), body);
  }

  /** The same answer with a header more. */
  public Reply with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Reply(status, contentType, more, body);
  }
}
