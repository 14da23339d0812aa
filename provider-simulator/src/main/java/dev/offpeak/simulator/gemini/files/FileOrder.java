package dev.offpeak.simulator.gemini.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.offpeak.simulator.gemini.wire.GeminiErrors;
import dev.offpeak.simulator.gemini.wire.RpcCode;
import dev.offpeak.simulator.http.Exchange;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the body of an upload's start says of the file: {@code {"file":{"displayName":…}}}, in
 * either spelling. It may be empty.
 *
 * @param name the name that the caller chose
 * @param displayName the user's name for it, may be empty
 * @param mimeType what it is
 */
record FileOrder(Optional<String> name, String displayName, Optional<String> mimeType) {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int MAX_BYTES = 1 << 16;
  private static final int MAX_DISPLAY_NAME = 512;
  private static final Set<String> FIELDS =
      Set.of(
          "name",
          "displayName",
          "display_name",
          "mimeType",
          "mime_type",
          "sizeBytes",
          "size_bytes",
          "source",
          "uri",
          "state");

  static FileOrder read(Exchange exchange) throws IOException {
    byte[] body = exchange.body(MAX_BYTES, GeminiErrors.reply(413, null, null));
    JsonNode root = body.length == 0 ? MAPPER.createObjectNode() : parse(body);
    checkNames(root, "", Set.of("file"));
    JsonNode file = root.path("file");
    checkNames(file, "file", FIELDS);
    String displayName = text(file, "displayName", "display_name").orElse("");
    if (displayName.length() > MAX_DISPLAY_NAME) {
      throw GeminiErrors.refuse(
          RpcCode.INVALID_ARGUMENT,
          "The display name has more than " + MAX_DISPLAY_NAME + " characters.");
    }
    return new FileOrder(
        text(file, "name", "name"), displayName, text(file, "mimeType", "mime_type"));
  }

  private static JsonNode parse(byte[] body) {
    try {
      return MAPPER.readTree(body);
    } catch (IOException e) {
      throw GeminiErrors.refuse(
          RpcCode.INVALID_ARGUMENT, "Invalid JSON payload received. " + e.getMessage());
    }
  }

  private static void checkNames(JsonNode node, String path, Set<String> names) {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!names.contains(field.getKey())) {
        throw GeminiErrors.unknownField(path, field.getKey());
      }
    }
  }

  private static Optional<String> text(JsonNode node, String name, String otherName) {
    JsonNode value = node.path(name).isMissingNode() ? node.path(otherName) : node.path(name);
    return Optional.ofNullable(value.textValue()).filter(text -> !text.isEmpty());
  }
}
