package dev.offpeak.simulator.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

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

    /** A body that quotes the id that the call is given when it is answered. */
    record Quoting(Function<String, byte[]> bytes) implements Body {}

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

  /** {@code {}}. */
  public static Reply emptyObject() {
    return json(200, new byte[] {'{', '}'});
  }

  /** The content of a file. */
  public static Reply file(String contentType, Path file, long length) {
    return new Reply(200, contentType, Map.of(), new Body.Stored(file, length));
  }

  /** The same answer with the id of its call. */
  public Reply named(String header, String id) {
    Reply named = with(header, id);
    return body instanceof Body.Quoting(Function<String, byte[]> bytes)
        ? new Reply(status, contentType, named.headers, new Body.Bytes(bytes.apply(id)))
        : named;
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
