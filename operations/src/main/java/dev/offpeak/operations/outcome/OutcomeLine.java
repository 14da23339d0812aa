package dev.offpeak.operations.outcome;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * An outcome as a line of JSON ({@code outputs.format: json}), as far as commands need it.
 *
 * @param gemini whether it has Gemini's shape
 * @param tenant who pays
 * @param labels for the usage ledger
 * @param model as far as it was known
 * @param code of a failure
 * @param retryable of a failure: whether sending it again may succeed
 * @param original of a failure: the request as it was sent; empty when it does not say
 * @param sourcePartition in llm.requests; negative when it does not say
 * @param sourceOffset in llm.requests
 * @param customId the user's; null when there is none
 * @param others the remaining texts and numbers that Offpeak has added, by name; those of an object
 *     with its name and a dot before theirs
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record OutcomeLine(
    boolean gemini,
    String tenant,
    Map<String, String> labels,
    @Nullable String model,
    String code,
    boolean retryable,
    byte[] original,
    int sourcePartition,
    long sourceOffset,
    @Nullable String customId,
    Map<String, String> others) {

  /** Answers of providers stand in it as they came, of any length and depth. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .build())
          .build();

  /** Whether a value has this form, rather than Avro's. */
  public static boolean isOne(byte[] value) {
    return value.length > 0 && value[0] == '{';
  }

  /**
   * Reads a line.
   *
   * @throws SerializationException when it is no outcome of ours
   */
  public static OutcomeLine read(byte[] value) {
    boolean gemini = false;
    String customId = null;
    try (JsonParser json = JSON.createParser(value)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken token = json.nextToken();
        gemini |= name.equals("key");
        if (name.equals("key") || name.equals("custom_id")) {
          customId = json.getValueAsString();
        }
        if (name.equals("offpeak") && token == JsonToken.START_OBJECT) {
          return ours(json, gemini, customId);
        }
        json.skipChildren();
      }
    } catch (IOException e) {
      throw new SerializationException("it is no JSON: " + e.getMessage(), e);
    }
    throw new SerializationException("it is no outcome: it has no member \"offpeak\"");
  }

  private static OutcomeLine ours(JsonParser json, boolean gemini, @Nullable String customId)
      throws IOException {
    Map<String, String> labels = new HashMap<>();
    Map<String, String> others = new HashMap<>();
    String tenant = "";
    String model = null;
    String code = "";
    boolean retryable = false;
    byte[] original = {};
    int partition = -1;
    long offset = -1;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      switch (name) {
        case "tenant" -> tenant = json.getText();
        case "labels" -> readLabels(json, labels);
        case "model" -> model = json.getValueAsString();
        case "code" -> code = json.getText();
        case "retryable" -> retryable = value == JsonToken.VALUE_TRUE;
        case "original" -> original = json.getText().getBytes(UTF_8);
        case "original_base64" -> original = base64(json.getText());
        case "source_partition" -> partition = json.getIntValue();
        case "source_offset" -> offset = json.getLongValue();
        default -> readOther(json, name, others);
      }
    }
    return new OutcomeLine(
        gemini,
        tenant,
        Map.copyOf(labels),
        model,
        code,
        retryable,
        original,
        partition,
        offset,
        customId,
        Map.copyOf(others));
  }

  private static void readOther(JsonParser json, String name, Map<String, String> others)
      throws IOException {
    if (json.currentToken().isScalarValue() && json.currentToken() != JsonToken.VALUE_NULL) {
      others.put(name, json.getText());
    } else if (json.currentToken() == JsonToken.START_OBJECT) {
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String inner = json.currentName();
        json.nextToken();
        readOther(json, name + "." + inner, others);
      }
    } else {
      json.skipChildren();
    }
  }

  private static void readLabels(JsonParser json, Map<String, String> labels) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      labels.put(name, json.getText());
    }
  }

  private static byte[] base64(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new SerializationException("its \"original_base64\" is no base64", e);
    }
  }
}
