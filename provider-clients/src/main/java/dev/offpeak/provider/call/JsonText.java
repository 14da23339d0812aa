package dev.offpeak.provider.call;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Strings in answers. */
public final class JsonText {

  private JsonText() {}

  /** A field's text; null where it is absent, null or empty (OpenAI's error_file_id can be ""). */
  public static @Nullable String find(JsonNode node, String field) {
    String text = node.path(field).asText("");
    return text.isEmpty() ? null : text;
  }

  /** A field's text, or else that. */
  public static String find(JsonNode node, String field, String otherwise) {
    return Objects.requireNonNullElse(find(node, field), otherwise);
  }
}
