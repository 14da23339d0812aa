package dev.offpeak.schemas.outcome;

import dev.offpeak.core.lane.Provider;
import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.avro.LlmResult;
import dev.offpeak.schemas.request.LineOutline;
import java.nio.ByteBuffer;

/**
 * Outcomes as one line of JSON each, without a line feed: the shape of the provider's own output
 * files, so that programs which read those read these, with {@code offpeak} added. The provider's
 * body is copied byte for byte. Safe for threads.
 */
public final class JsonOutcomes {

  /** Bytes of a line besides bodies, about: ids, usage, costs. */
  private static final int USUAL_FRAME = 1024;

  private final Dialect openAi = new OpenAiDialect();
  private final Dialect anthropic = new AnthropicDialect();
  private final Dialect gemini = new GeminiDialect();

  /** The line of an answer. */
  public byte[] result(LlmResult result) {
    LineWriter out = new LineWriter(result.getBody().remaining() + USUAL_FRAME).open();
    dialect(Provider.of(result.getProvider())).answer(result, out);
    OffpeakMember.ofResult(result, out);
    return out.close().toBytes();
  }

  /**
   * The line of a failure. Where no provider was found, it has the shape that the request was meant
   * to have; where that can't be told, OpenAI's.
   */
  public byte[] failure(LlmFailure failure) {
    ByteBuffer body = failure.getResponseBody();
    int bodies = failure.getOriginal().remaining() + (body == null ? 0 : body.remaining());
    LineWriter out = new LineWriter(bodies + bodies / 8 + USUAL_FRAME).open();
    dialect(provider(failure)).failure(failure, out);
    OffpeakMember.ofFailure(failure, out);
    return out.close().toBytes();
  }

  /** Whose shape the failure has; what foreign writers call a provider may be none. */
  private static Provider provider(LlmFailure failure) {
    String known = failure.getProvider();
    for (Provider provider : Provider.values()) {
      if (provider.id().equals(known)) {
        return provider;
      }
    }
    Provider meant = LineOutline.of(failure.getOriginal()).provider();
    return meant == null ? Provider.OPENAI : meant;
  }

  private Dialect dialect(Provider provider) {
    return switch (provider) {
      case OPENAI -> openAi;
      case ANTHROPIC -> anthropic;
      case GEMINI -> gemini;
    };
  }
}
