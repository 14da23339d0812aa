package dev.offpeak.ingest.deferred;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.ingest.http.ApiError;
import dev.offpeak.ingest.http.ApiException;
import dev.offpeak.ingest.line.JsonSpan;
import dev.offpeak.ingest.objects.ObjectKey;
import dev.offpeak.ingest.objects.ObjectStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The body of a call that waits.
 *
 * @param sent as it came, but for the members that say how it waits, which no provider knows
 * @param background whether it is a response in the background
 * @param deadline null when none is asked for
 * @param previous the response that it follows; null when it follows none
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record DeferredBody(
    byte[] sent, boolean background, @Nullable Instant deadline, @Nullable String previous) {

  private static final Pattern HOURS = Pattern.compile("([1-9]\\d{0,2})h");
  private static final String DAY = "24h";
  private static final String OPTIONS = "background_options";

  /**
   * Reads a body.
   *
   * @throws ApiException when it can't wait as it says
   */
  static DeferredBody of(String endpoint, byte[] body, Instant now) {
    try {
      boolean background =
          endpoint.equals("/v1/responses") && "true".equals(value(body, "background"));
      String window = background ? text(body, OPTIONS, "completion_window") : null;
      byte[] sent = body;
      if ("batch".equals(text(body, "service_tier"))) {
        sent = without(sent, "service_tier");
      }
      if (background) {
        sent = without(without(sent, "background"), OPTIONS);
      }
      return new DeferredBody(
          sent,
          background,
          window == null || window.equals(DAY) ? null : now.plus(window(window)),
          background ? text(body, "previous_response_id") : null);
    } catch (IOException e) {
      throw new ApiException(new ApiError(400, "invalid_json", "the body can't be read as JSON"));
    }
  }

  private static Duration window(String text) {
    Matcher hours = HOURS.matcher(text);
    if (!hours.matches()) {
      throw new ApiException(
          new ApiError(
              400,
              "invalid_value",
              "background_options.completion_window is '"
                  + text
                  + "'; it must be 24h, or other hours such as 8h; x-offpeak-mode: sync hands the"
                  + " call to the provider as it is",
              OPTIONS));
    }
    return Duration.ofHours(Long.parseLong(hours.group(1)));
  }

  /**
   * A provider knows nothing of our responses.
   *
   * @throws ApiException when the call follows one of ours
   */
  void requireForeign(ObjectStore objects, String tenant) throws InterruptedException {
    String batch = previous == null ? null : DeferredId.batch(previous);
    if (batch != null && objects.find(new ObjectKey(tenant, batch)).isPresent()) {
      throw new ApiException(
          new ApiError(
              400,
              "unsupported_parameter",
              "a response that came from a batch can't be followed up by its id: send what was"
                  + " said in input",
              "previous_response_id"));
    }
  }

  private static byte[] without(byte[] json, String member) throws IOException {
    JsonSpan span = JsonSpan.of(json, member);
    return span == null ? json : span.cutFrom(json);
  }

  private static @Nullable String value(byte[] json, String... path) throws IOException {
    JsonSpan span = JsonSpan.of(json, path);
    return span == null ? null : new String(span.valueIn(json), UTF_8).strip();
  }

  private static @Nullable String text(byte[] json, String... path) throws IOException {
    String value = value(json, path);
    return value != null && value.length() >= 2 && value.startsWith("\"")
        ? value.substring(1, value.length() - 1)
        : null;
  }
}
