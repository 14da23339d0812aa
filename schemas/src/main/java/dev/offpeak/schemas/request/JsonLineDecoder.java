package dev.offpeak.schemas.request;

import com.fasterxml.jackson.core.JsonToken;
import dev.offpeak.core.lane.Edition;
import dev.offpeak.core.lane.LineShape;
import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.schemas.request.RequestDecoding.Decoded;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells the three line shapes apart and holds each to its rules. */
final class JsonLineDecoder {

  private static final String SHAPES = "; a line is " + LineShape.examples();

  private JsonLineDecoder() {}

  /**
   * Reads a line's request.
   *
   * @param urls that a line of OpenAI's shape may have
   */
  static Decoded decode(JsonLine line, HeaderFields headers, TakenUrls urls) throws RequestRefusal {
    if ((line.body != null ? 1 : 0) + (line.params != null ? 1 : 0) + (line.request != null ? 1 : 0)
        > 1) {
      throw RequestRefusal.malformed(
          "the line has more than one of body, params and request" + SHAPES);
    }
    if (line.params != null) {
      return anthropic(line, line.params, headers);
    }
    if (line.request != null) {
      return gemini(line, line.request, headers);
    }
    if (line.body != null || line.url != null || line.method != null) {
      return openAi(line, line.body, headers, urls);
    }
    throw RequestRefusal.malformed("the line has none of body, params and request" + SHAPES);
  }

  private static Decoded openAi(
      JsonLine line, @Nullable JsonBody body, HeaderFields headers, TakenUrls urls)
      throws RequestRefusal {
    String customId =
        TextRules.customId("custom_id", line.customId, JsonText.kind(line.customIdKind));
    if (!"POST".equals(line.method)) {
      throw new RequestRefusal(
          FailureCode.UNSUPPORTED_ENDPOINT,
          "\"method\" is " + shown(line.method, line.methodKind) + "; it must be \"POST\"");
    }
    String endpoint = urls.endpoint(line.url);
    if (endpoint == null) {
      throw new RequestRefusal(
          FailureCode.UNSUPPORTED_ENDPOINT,
          "\"url\" is "
              + shown(line.url, line.urlKind)
              + "; "
              + (line.url == null ? "" : meant(line.url))
              + "it must be one of "
              + String.join(", ", urls.listed()));
    }
    if (body == null) {
      throw RequestRefusal.malformed("\"body\" is missing" + SHAPES);
    }
    body.mustBeObject("body");
    return decoded(LineShape.OPENAI, customId, endpoint, body, body.model(), headers);
  }

  /** The endpoint that was meant by an address, or by a path with something missing. */
  private static String meant(String url) {
    String path = url.strip().replaceFirst("^https?://[^/]*", "").replaceFirst("[?#].*$", "");
    String bare = path.replaceFirst("/+$", "").replaceFirst("^/*", "/").toLowerCase(Locale.ROOT);
    return LineShape.OPENAI.endpoints().stream()
        .filter(each -> each.equals(bare) || each.equals("/v1" + bare) || each.equals(bare + "s"))
        .findFirst()
        .map(each -> "write \"" + each + "\": ")
        .orElse("");
  }

  private static Decoded anthropic(JsonLine line, JsonBody params, HeaderFields headers)
      throws RequestRefusal {
    String customId =
        TextRules.customId("custom_id", line.customId, JsonText.kind(line.customIdKind));
    params.mustBeObject("params");
    return decoded(
        LineShape.ANTHROPIC, customId, Endpoints.MESSAGES, params, params.model(), headers);
  }

  private static Decoded gemini(JsonLine line, JsonBody request, HeaderFields headers)
      throws RequestRefusal {
    if (line.keyKind == null && line.customIdKind != null) {
      throw new RequestRefusal(
          FailureCode.INVALID_CUSTOM_ID,
          "\"key\" is missing; a line with \"request\" (Gemini) names its id \"key\", not"
              + " \"custom_id\"");
    }
    String key = TextRules.customId("key", line.key, JsonText.kind(line.keyKind));
    request.mustBeObject("request");
    String endpoint =
        request.embedsContent() ? Endpoints.EMBED_CONTENT : Endpoints.GENERATE_CONTENT;
    String model = request.model() == null ? headers.model() : request.model();
    return decoded(LineShape.GEMINI, key, endpoint, request, model, headers);
  }

  private static Decoded decoded(
      LineShape shape,
      String customId,
      String endpoint,
      JsonBody body,
      @Nullable String model,
      HeaderFields headers)
      throws RequestRefusal {
    body.mustNotStream();
    headers.check();
    return new Decoded(
        shape,
        customId,
        endpoint,
        model(shape, model),
        body.start(),
        body.length(),
        Endpoints.embeddings(endpoint) ? body.inputs() : 1,
        headers.tenant(),
        headers.labels(),
        headers.deadline(),
        headers.account(),
        headers.replayId(),
        shape.hasEditions() ? headers.edition() : Edition.USUAL,
        body.sampling());
  }

  /** The model, which there must be. */
  static String model(LineShape shape, @Nullable String named) throws RequestRefusal {
    String model = shape.modelName(named);
    if (model == null || model.isEmpty()) {
      throw new RequestRefusal(
          FailureCode.MISSING_MODEL,
          shape.namesModelApart()
              ? "no model is named; give it as header "
                  + OffpeakHeaders.MODEL
                  + ", as field \"model\" of the Avro record, or as \"model\" within the request"
              : "\"model\" is missing or empty in the body; name the model there");
    }
    if (model.chars().anyMatch(Character::isISOControl)) {
      throw new RequestRefusal(
          FailureCode.INVALID_FIELD, "\"model\" holds a control character; no model is called so");
    }
    return TextRules.name("model", model);
  }

  private static String shown(@Nullable String value, @Nullable JsonToken kind) {
    return value == null ? JsonText.kind(kind) : "\"" + TextRules.shorten(value) + "\"";
  }
}
