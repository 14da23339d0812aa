package dev.offpeak.simulator.gemini.batch;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.offpeak.simulator.gemini.answer.Kind;
import dev.offpeak.simulator.gemini.rules.GeminiRules;
import dev.offpeak.simulator.gemini.wire.GeminiErrors;
import dev.offpeak.simulator.gemini.wire.RpcCode;
import dev.offpeak.simulator.line.BodyIntake;
import dev.offpeak.simulator.line.LineIndex;
import dev.offpeak.simulator.scan.Scan;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads and checks the body of a create: {@code {"batch":{"displayName":…,"inputConfig":{…}}}} with
 * names in either spelling. What the requests are is looked at later.
 */
final class CreateReader {
  private final Kind kind;
  private final String model;
  private @Nullable String displayName;
  private @Nullable String priority;
  private @Nullable String fileName;
  private boolean hasRequests;
  private int requests;

  private CreateReader(Kind kind, String model) {
    this.kind = kind;
    this.model = model;
  }

  /**
   * What a create asks for.
   *
   * @param order the order
   * @param requests how many requests came with it
   */
  record Create(BatchOrder order, int requests) {}

  /** Takes a body in. */
  static Create read(
      InputStream body, BodyIntake intake, Kind kind, String model, GeminiRules rules)
      throws IOException {
    CreateReader reader = new CreateReader(kind, model);
    try {
      intake.take(
          body,
          rules.limits().maxInlineBytes(),
          (json, index) -> {
            reader.readBody(json, index);
            return reader;
          });
    } catch (BodyIntake.TooLong e) {
      throw GeminiErrors.refusal(
          400,
          "Request payload size exceeds the limit: %d bytes."
              .formatted(rules.limits().maxInlineBytes()));
    } catch (JsonProcessingException | Scan.NoObject e) {
      throw invalid("Invalid JSON payload received. " + e.getMessage());
    }
    return reader.create(rules);
  }

  private Create create(GeminiRules rules) {
    String name = displayName == null ? "" : displayName;
    if (name.isEmpty() && rules.quirks().requireDisplayName()) {
      throw invalid("* CreateBatchRequest.batch.display_name: display_name is required");
    }
    if (hasRequests == (fileName != null)) {
      throw invalid(
          "* CreateBatchRequest.batch.input_config: exactly one of file_name and requests must be"
              + " given");
    }
    if (hasRequests && requests == 0) {
      throw invalid("* CreateBatchRequest.batch.input_config.requests: requests is empty");
    }
    if (rules.limits().maxRequests() > 0 && requests > rules.limits().maxRequests()) {
      throw invalid(
          "The batch has more than the %d requests allowed."
              .formatted(rules.limits().maxRequests()));
    }
    return new Create(new BatchOrder(kind, model, name, priority, fileName), requests);
  }

  private static RuntimeException invalid(String message) {
    return GeminiErrors.refuse(RpcCode.INVALID_ARGUMENT, message);
  }

  private void readBody(JsonParser json, LineIndex index) throws IOException {
    Scan.begin(json);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      enter(json, "", "batch");
      readBatch(json, index);
    }
    Scan.end(json);
  }

  /** Enters the object of the only field that may stand here. */
  private static void enter(JsonParser json, String path, String only) throws IOException {
    if (!json.currentName().equals(only)) {
      throw GeminiErrors.unknownField(path, json.currentName());
    }
    enter(json, only);
  }

  private static void enter(JsonParser json, String name) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw invalid("Invalid value at '" + name + "': it must be an object");
    }
  }

  private void readBatch(JsonParser json, LineIndex index) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      switch (name) {
        case "displayName", "display_name" -> displayName = text(json, "batch." + name);
        case "inputConfig", "input_config" -> {
          enter(json, "batch." + name);
          readInput(json, index);
        }
        case "priority" -> {
          json.nextToken();
          priority = json.getText();
        }
        case "model" -> checkModel(text(json, "batch.model"));
        case "name", "webhookConfig", "webhook_config" -> {
          json.nextToken();
          json.skipChildren();
        }
        default -> throw GeminiErrors.unknownField("batch", name);
      }
    }
  }

  private void checkModel(String itsModel) {
    if (!itsModel.equals(model) && !itsModel.equals("models/" + model)) {
      throw invalid(
          "The model of the batch is '%s', that of the URL '%s'.".formatted(itsModel, model));
    }
  }

  private static String text(JsonParser json, String path) throws IOException {
    if (json.nextToken() != JsonToken.VALUE_STRING) {
      throw invalid("Invalid value at '" + path + "': it must be a string");
    }
    return json.getText();
  }

  private void readInput(JsonParser json, LineIndex index) throws IOException {
    String path = "batch.input_config";
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      switch (name) {
        case "fileName", "file_name" -> fileName = text(json, path + "." + name);
        case "requests" -> {
          hasRequests = true;
          enter(json, path + ".requests");
          while (json.nextToken() == JsonToken.FIELD_NAME) {
            readRequests(json, index, path + ".requests");
          }
        }
        default -> throw GeminiErrors.unknownField(path, name);
      }
    }
  }

  private void readRequests(JsonParser json, LineIndex index, String path) throws IOException {
    if (!json.currentName().equals("requests")) {
      throw GeminiErrors.unknownField(path, json.currentName());
    }
    if (json.nextToken() != JsonToken.START_ARRAY) {
      throw invalid("Invalid value at '" + path + ".requests': it must be an array");
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      String itsPath = path + ".requests[" + requests + "]";
      if (json.currentToken() != JsonToken.START_OBJECT) {
        throw invalid("Invalid value at '" + itsPath + "': it must be an object");
      }
      long start = json.currentTokenLocation().getByteOffset();
      boolean hasRequest = false;
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        if (!name.equals("request") && !name.equals("metadata")) {
          throw GeminiErrors.unknownField(itsPath, name);
        }
        hasRequest |= name.equals("request");
        enter(json, itsPath + "." + name);
        json.skipChildren();
      }
      if (!hasRequest) {
        throw invalid("* " + itsPath + ".request: request is required");
      }
      index.add(start, Math.toIntExact(json.currentLocation().getByteOffset() - start));
      requests++;
    }
  }
}
