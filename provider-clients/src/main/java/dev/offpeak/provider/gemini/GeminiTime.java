package dev.offpeak.provider.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.offpeak.provider.call.JsonText;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Times in answers: RFC 3339 with up to nine digits of a second. */
final class GeminiTime {

  private GeminiTime() {}

  /** A time, or that where there is none. */
  static Instant read(JsonNode node, String field, Instant otherwise) {
    String text = JsonText.find(node, field);
    if (text == null) {
      return otherwise;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(field + " is '" + text + "', which is no time", e);
    }
  }
}
