package dev.offpeak.schemas.outcome;

import dev.offpeak.core.lane.LineShape;
import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.avro.LlmResult;
import dev.offpeak.schemas.request.LineOutline;
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

  /** The line of an answer. */
  public byte[] result(LlmResult result) {
    LineWriter out = new LineWriter(result.getBody().remaining() + USUAL_FRAME).open();
    dialect(LineShape.ofEndpoint(result.getEndpoint())).answer(result, out);
    OffpeakMember.ofResult(result, out);
    return out.close().toBytes();
  }

  /**
   * The line of a failure. Where its endpoint is not known, it has the shape that the request was
   * meant to have; where that can't be told, OpenAI's.
   */
  public byte[] failure(LlmFailure failure) {
    ByteBuffer body = failure.getResponseBody();
    int bodies = failure.getOriginal().remaining() + (body == null ? 0 : body.remaining());
    LineWriter out = new LineWriter(bodies + bodies / 8 + USUAL_FRAME).open();
    dialect(shape(failure)).failure(failure, out);
    OffpeakMember.ofFailure(failure, out);
    return out.close().toBytes();
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
