package dev.offpeak.ingest.resources;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.ingest.http.ApiError;
import dev.offpeak.ingest.http.ApiException;
import dev.offpeak.ingest.http.Dialect;
import dev.offpeak.ingest.http.Json;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What names, lists and methods of Gemini's resources have in common. */
final class Names {

  static final String FILES = "files/";
  static final String BATCHES = "batches/";

  /** What the names of the files begin with that a batch has its responses in. */
  static final String RESPONSES = "batch-";

  /** What the API's versions are; its older one has paths that OpenAI's has as well. */
  static final List<String> BASES = List.of("/v1beta", "/v1");

  private static final int USUALLY_LISTED = 50;
  private static final int MOST_LISTED = 1_000;

  private Names() {}

  /** Registers a handler of Gemini's for paths that others may have as well. */
  static Handler ofGemini(Handler handler) {
    return (request, response) -> {
      if (Dialect.of(request) == Dialect.GEMINI) {
        handler.handle(request, response);
      } else {
        response.next();
      }
    };
  }

  /** What stands behind a collection in a path, with the method behind its colon. */
  static String id(ServerRequest request, String collection) {
    String path = request.path().absolute().path();
    String id = path.substring(path.indexOf("/" + collection) + collection.length() + 1);
    if (id.isEmpty() || id.indexOf('/') >= 0) {
      throw notFound();
    }
    return id;
  }

  /** One that nobody has, or somebody else. */
  static ApiException notFound() {
    return new ApiException(new ApiError(404, "not_found", "Requested entity was not found."));
  }

  static ApiException bad(String message) {
    return new ApiException(new ApiError(400, "invalid_request", message));
  }

  /** Writes one resource. */
  @FunctionalInterface
  interface Fields<T> {
    void write(JsonGenerator json, T one) throws IOException;
  }

  /**
   * A part of a list; its token is a place and not a resource.
   *
   * @param all in the order of the list
   */
  static <T> byte[] page(
      ServerRequest request, String name, List<T> all, Function<T, String> id, Fields<T> fields) {
    int size = size(request.query().first("pageSize").orElse(""));
    String token = request.query().first("pageToken").orElse("");
    List<T> rest =
        all.stream()
            .filter(each -> token.isEmpty() || id.apply(each).compareTo(token) < 0)
            .toList();
    return Json.object(
        json -> {
          if (!rest.isEmpty()) {
            json.writeArrayFieldStart(name);
            for (T each : rest.subList(0, Math.min(size, rest.size()))) {
              json.writeStartObject();
              fields.write(json, each);
              json.writeEndObject();
            }
            json.writeEndArray();
          }
          if (rest.size() > size) {
            json.writeStringField("nextPageToken", id.apply(rest.get(size - 1)));
          }
        });
  }

  /** Gemini gives fewer than one asks for rather than refuse. */
  private static int size(String text) {
    if (text.isEmpty() || text.equals("0")) {
      return USUALLY_LISTED;
    }
    try {
      int size = Integer.parseInt(text);
      if (size > 0) {
        return Math.min(size, MOST_LISTED);
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw bad("pageSize must be a number above 0");
  }

  static void time(JsonGenerator json, String name, @Nullable Instant time) throws IOException {
    if (time != null) {
      // As it is kept: what was just made and what is read again must not differ.
      json.writeStringField(name, time.truncatedTo(ChronoUnit.MILLIS).toString());
    }
  }

  /** Gemini's 64-bit numbers are texts, and those that are 0 are left out. */
  static void count(JsonGenerator json, String name, long count) throws IOException {
    if (count > 0) {
      json.writeStringField(name, Long.toString(count));
    }
  }
}
