package dev.offpeak.simulator.anthropic.batch;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.offpeak.simulator.anthropic.rules.AnthropicLimits;
import dev.offpeak.simulator.anthropic.wire.AnthropicErrors;
import dev.offpeak.simulator.line.BodyIntake;
import dev.offpeak.simulator.line.LineIndex;
import dev.offpeak.simulator.line.SeenIds;
import dev.offpeak.simulator.scan.Scan;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;

/**
 * Reads and checks the body of {@code POST /v1/messages/batches}: only the envelope, as the real
 * API does. What is in the params is looked at when they are executed.
 */
final class CreateReader {
  private static final Pattern CUSTOM_ID = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

  private final AnthropicLimits limits;
  private final SeenIds customIds = new SeenIds();
  private int requests;

  private CreateReader(AnthropicLimits limits) {
    this.limits = limits;
  }

  /** Takes a body in and returns how many requests it has. */
  static int read(InputStream body, BodyIntake intake, AnthropicLimits limits) throws IOException {
    CreateReader reader = new CreateReader(limits);
    try {
      return intake.take(body, limits.maxBodyBytes(), reader::readBody);
    } catch (BodyIntake.TooLong e) {
      throw AnthropicErrors.refusal(413, null);
    } catch (JsonProcessingException | Scan.NoObject e) {
      throw AnthropicErrors.refuse("The request body is not valid JSON: " + e.getMessage());
    }
  }

  private int readBody(JsonParser json, LineIndex index) throws IOException {
    Scan.begin(json);
    boolean found = false;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (!name.equals("requests")) {
        throw AnthropicErrors.refuse(name + ": Extra inputs are not permitted");
      }
      if (value != JsonToken.START_ARRAY) {
        throw AnthropicErrors.refuse("requests: Input should be a valid list");
      }
      found = true;
      while (json.nextToken() != JsonToken.END_ARRAY) {
        readRequest(json, index);
      }
    }
    Scan.end(json);
    if (!found) {
      throw AnthropicErrors.refuse("requests: Field required");
    }
    if (requests == 0) {
      throw AnthropicErrors.refuse(
          "requests: List should have at least 1 item after validation, not 0");
    }
    return requests;
  }

  private void readRequest(JsonParser json, LineIndex index) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw refuse("Input should be a valid dictionary");
    }
    if (requests == limits.maxRequests()) {
      throw AnthropicErrors.refuse(
          "requests: List should have at most %d items after validation"
              .formatted(limits.maxRequests()));
    }
    long start = json.currentTokenLocation().getByteOffset();
    boolean hasId = false;
    boolean hasParams = false;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      switch (name) {
        case "custom_id" -> {
          hasId = true;
          checkCustomId(json, value);
        }
        case "params" -> {
          hasParams = true;
          if (value != JsonToken.START_OBJECT) {
            throw refuse("params: Input should be a valid dictionary");
          }
          json.skipChildren();
        }
        default -> throw refuse(name + ": Extra inputs are not permitted");
      }
    }
    if (!hasId || !hasParams) {
      throw refuse((hasId ? "params" : "custom_id") + ": Field required");
    }
    long end = json.currentLocation().getByteOffset();
    index.add(start, Math.toIntExact(end - start));
    requests++;
  }

  private void checkCustomId(JsonParser json, JsonToken value) throws IOException {
    if (value != JsonToken.VALUE_STRING) {
      throw refuse("custom_id: Input should be a valid string");
    }
    String customId = json.getText();
    if (!CUSTOM_ID.matcher(customId).matches()) {
      throw refuse("custom_id: String should match pattern '^[a-zA-Z0-9_-]{1,64}$'");
    }
    if (!customIds.add(customId)) {
      throw refuse("custom_id: Duplicate custom_id '" + customId + "'");
    }
  }

  private RuntimeException refuse(String message) {
    return AnthropicErrors.refuse("requests." + requests + "." + message);
  }
}
