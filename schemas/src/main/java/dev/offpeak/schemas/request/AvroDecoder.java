package dev.offpeak.schemas.request;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.offpeak.core.lane.Edition;
import dev.offpeak.core.lane.LineShape;
import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.schemas.avro.LlmRequest;
import dev.offpeak.schemas.json.ForeignJson;
import dev.offpeak.schemas.request.RequestDecoding.Decoded;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Holds an Avro request to the same rules as a JSON line. */
final class AvroDecoder {

  private AvroDecoder() {}

  /**
   * Decodes.
   *
   * @param headers of the record; they say which edition of the API is asked for
   * @param urls that stand for endpoints besides those that everybody knows
   */
  static Decoded decode(LlmRequest request, byte[] value, Headers headers, TakenUrls urls)
      throws RequestRefusal {
    String customId = TextRules.customId("custom_id", request.getCustomId(), "missing");
    String endpoint = endpoint(request.getEndpoint(), urls);
    LineShape shape = LineShape.ofEndpoint(endpoint);
    ByteBuffer bytes = request.getBody();
    int start = BodyPlace.of(bytes, value);
    JsonBody body = readBody(value, start, bytes.remaining());
    body.mustBeObject("body");
    body.mustNotStream();
    String named = body.model() == null ? request.getModel() : body.model();
    String model = JsonLineDecoder.model(shape, named);
    return new Decoded(
        shape,
        customId,
        endpoint,
        model,
        body.start(),
        body.length(),
        Endpoints.embeddings(endpoint) ? body.inputs() : 1,
        tenant(request),
        labels(request.getLabels()),
        deadline(request.getDeadline()),
        request.getAccount() == null ? null : TextRules.name("account", request.getAccount()),
        request.getReplayId() == null ? "" : TextRules.name("replay_id", request.getReplayId()),
        shape.hasEditions() ? EditionHeaders.of(headers) : Edition.USUAL,
        body.sampling());
  }

  /** Those that everybody knows are written in full; a server's own as it has them. */
  private static String endpoint(String named, TakenUrls urls) throws RequestRefusal {
    boolean known =
        Arrays.stream(LineShape.values()).anyMatch(shape -> shape.endpoints().contains(named));
    if (known || urls.more().contains(named) || (urls.any() && named.startsWith("/"))) {
      return named;
    }
    String all =
        Arrays.stream(LineShape.values())
            .map(shape -> String.join(", ", shape.endpoints()) + " (" + shape.title() + ")")
            .collect(Collectors.joining(", "));
    String own =
        urls.more().isEmpty() ? "" : ", " + urls.more().stream().sorted().toList() + " (accounts)";
    throw new RequestRefusal(
        FailureCode.UNSUPPORTED_ENDPOINT,
        "\"endpoint\" is \"" + TextRules.shorten(named) + "\"; it must be one of " + all + own);
  }

  private static String tenant(LlmRequest request) throws RequestRefusal {
    String tenant = request.getTenant();
    return tenant == null || tenant.isEmpty()
        ? OffpeakHeaders.DEFAULT_TENANT
        : TextRules.name("tenant", tenant);
  }

  private static Map<String, String> labels(Map<String, String> labels) throws RequestRefusal {
    for (Map.Entry<String, String> label : labels.entrySet()) {
      TextRules.name("label", label.getKey());
      TextRules.name("label " + label.getKey(), label.getValue());
    }
    return labels;
  }

  private static JsonBody readBody(byte[] value, int start, int length) throws RequestRefusal {
    int invalid = Utf8.firstInvalid(value, start, start + length);
    if (invalid >= 0) {
      throw RequestDecoder.notUtf8("the body", value[invalid], invalid - start);
    }
    try (JsonParser parser = ForeignJson.parser(value, start, length)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw RequestRefusal.malformed("\"body\" is empty; it must be a JSON object");
      }
      JsonBody body = JsonBody.read(parser, start);
      if (parser.nextToken() != null) {
        throw RequestRefusal.malformed(
            "a second JSON value begins at byte "
                + parser.currentTokenLocation().getByteOffset()
                + " of the body; a request has one");
      }
      return body;
    } catch (IOException e) {
      throw JsonText.refusal("the body", e, 0);
    }
  }

  private static @Nullable Instant deadline(@Nullable Instant deadline) throws RequestRefusal {
    return deadline == null ? null : TextRules.instant("deadline", deadline);
  }
}
