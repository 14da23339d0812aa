package dev.offpeak.schemas.outcome;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import dev.offpeak.core.lane.LineShape;
import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.avro.LlmResult;
import dev.offpeak.schemas.request.LineOutline;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * Outcomes as one line of JSON each, without a line feed: the shape of the provider's own output
 * files, so that programs which read those read these, with {@code offpeak} added. The provider's
 * body is copied byte for byte. Safe for threads.
 */
public final class JsonOutcomes {

  /** Bytes of a line besides bodies, about: ids, usage, costs. */
  private static final int USUAL_FRAME = 1024;

  private static final Map<LineShape, Dialect> DIALECTS =
      new EnumMap<>(
          Map.of(
              LineShape.OPENAI, new OpenAiDialect(),
              LineShape.ANTHROPIC, new AnthropicDialect(),
              LineShape.GEMINI, new GeminiDialect()));

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8).build();

  /** Writes the members of a line. */
  private interface Members {
    void write(JsonGenerator out) throws IOException;
  }

  /** The line of an answer. */
  public byte[] result(LlmResult result) {
    return line(
        result.getBody().remaining(),
        out -> {
          dialect(LineShape.ofEndpoint(result.getEndpoint())).answer(result, out);
          OffpeakMember.ofResult(result, out);
        });
  }

  /**
   * The line of a failure. Where its endpoint is not known, it has the shape that the request was
   * meant to have; where that can't be told, OpenAI's.
   */
  public byte[] failure(LlmFailure failure) {
    ByteBuffer body = failure.getResponseBody();
    int bodies = failure.getOriginal().remaining() + (body == null ? 0 : body.remaining());
    return line(
        bodies + bodies / 8,
        out -> {
          dialect(shape(failure)).failure(failure, out);
          OffpeakMember.ofFailure(failure, out);
        });
  }

  /** Memory takes everything, so what can't be written has its reason in the record. */
  private static byte[] line(int bodies, Members members) {
    ByteArrayBuilder line = new ByteArrayBuilder(bodies + USUAL_FRAME);
    try (JsonGenerator out = JSON.createGenerator(line)) {
      out.writeStartObject();
      members.write(out);
      out.writeEndObject();
    } catch (IOException e) {
      throw new IllegalArgumentException("it can't be written as JSON: " + e.getMessage(), e);
    }
    return line.toByteArray();
  }

  private static LineShape shape(LlmFailure failure) {
    if (failure.getEndpoint() != null) {
      return LineShape.ofEndpoint(failure.getEndpoint());
    }
    LineShape meant = LineOutline.of(failure.getOriginal()).shape();
    return meant == null ? LineShape.OPENAI : meant;
  }

  private static Dialect dialect(LineShape shape) {
    return Objects.requireNonNull(DIALECTS.get(shape), "every shape has its writer");
  }
}
