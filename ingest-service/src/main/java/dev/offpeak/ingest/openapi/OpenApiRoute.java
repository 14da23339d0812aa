package dev.offpeak.ingest.openapi;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.ingest.http.Answer;
import dev.offpeak.ingest.http.Json;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** {@code GET /openapi.json}: what the API has, in OpenAPI 3.1. It needs no key. */
public final class OpenApiRoute implements Consumer<HttpRouting.Builder> {

  private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");
  private static final Map<String, Object> ERROR =
      Map.of(
          "type",
          "object",
          "description",
          "A refusal, in the shape of the API that was spoken",
          "required",
          List.of("error"),
          "properties",
          Map.of("error", Map.of("type", "object")));

  private final byte[] document =
      Json.object(
          json -> {
            for (Map.Entry<String, ?> field : document().entrySet()) {
              json.writeFieldName(field.getKey());
              write(json, field.getValue());
            }
          });

  @Override
  public void accept(HttpRouting.Builder routing) {
    routing.get("/openapi.json", (_, response) -> Answer.send(response, 200, document));
  }

  private static void write(JsonGenerator json, Object value) throws IOException {
    switch (value) {
      case Map<?, ?> fields -> {
        json.writeStartObject();
        for (Map.Entry<?, ?> field : fields.entrySet()) {
          json.writeFieldName(field.getKey().toString());
          write(json, field.getValue());
        }
        json.writeEndObject();
      }
      case List<?> items -> {
        json.writeStartArray();
        for (Object item : items) {
          write(json, item);
        }
        json.writeEndArray();
      }
      case Boolean flag -> json.writeBoolean(flag);
      default -> json.writeString(value.toString());
    }
  }

  private static Map<String, Object> document() {
    Map<String, Map<String, Object>> paths = new LinkedHashMap<>();
    for (Operation operation : Operations.all()) {
      paths
          .computeIfAbsent(operation.path(), _ -> new LinkedHashMap<>())
          .put(operation.method().toLowerCase(Locale.ROOT), describe(operation));
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("openapi", "3.1.0");
    document.put(
        "info",
        Map.of(
            "title",
            "Offpeak gateway",
            "version",
            "1",
            "description",
            "Bodies and answers are those of the provider whose API it is, byte for byte; its own"
                + " reference describes them. OpenAI's paths are served below /openai/v1 and"
                + " without /v1 as well, Gemini's models below /v1."));
    document.put("paths", paths);
    document.put(
        "components",
        Map.of("schemas", Map.of("Error", ERROR), "securitySchemes", securitySchemes()));
    document.put(
        "security",
        securitySchemes().keySet().stream().map(name -> Map.of(name, List.of())).toList());
    return document;
  }

  /** Where a key may stand. */
  private static Map<String, Object> securitySchemes() {
    Map<String, Object> schemes = new LinkedHashMap<>();
    schemes.put("bearer", Map.of("type", "http", "scheme", "bearer"));
    for (String header : List.of("x-api-key", "api-key", "x-goog-api-key")) {
      schemes.put(header, Map.of("type", "apiKey", "in", "header", "name", header));
    }
    return schemes;
  }

  private static Map<String, Object> describe(Operation operation) {
    Map<String, Object> its = new LinkedHashMap<>();
    its.put("operationId", operation.id());
    its.put("summary", operation.summary());
    its.put("tags", List.of(operation.api()));
    List<Object> parameters = new ArrayList<>();
    PARAMETER
        .matcher(operation.path())
        .results()
        .map(MatchResult::group)
        .forEach(name -> parameters.add(parameter(name.substring(1, name.length() - 1), "path")));
    operation.query().forEach(name -> parameters.add(parameter(name, "query")));
    if (!parameters.isEmpty()) {
      its.put("parameters", parameters);
    }
    String takes = operation.takes();
    if (takes != null) {
      its.put("requestBody", Map.of("required", true, "content", content(takes)));
    }
    its.put(
        "responses",
        Map.of(
            "200",
            Map.of("description", "As the API has it", "content", content(operation.gives())),
            "default",
            Map.of(
                "description",
                "A refusal",
                "content",
                Map.of(
                    Operation.JSON,
                    Map.of("schema", Map.of("$ref", "#/components/schemas/Error"))))));
    return its;
  }

  private static Map<String, Object> content(String type) {
    boolean object = type.equals(Operation.JSON) || type.startsWith("multipart/");
    return Map.of(type, Map.of("schema", Map.of("type", object ? "object" : "string")));
  }

  private static Map<String, Object> parameter(String name, String in) {
    return Map.of(
        "name", name, "in", in, "required", in.equals("path"), "schema", Map.of("type", "string"));
  }
}
