package dev.offpeak.schemas.request;

import dev.offpeak.core.lane.Provider;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The endpoints that the providers' batch APIs take. */
public final class Endpoints {

  /** The batch API's enum (docs/providers A1). */
  public static final List<String> OPENAI =
      List.of(
          "/v1/responses",
          "/v1/chat/completions",
          "/v1/embeddings",
          "/v1/completions",
          "/v1/moderations",
          "/v1/images/generations",
          "/v1/images/edits",
          "/v1/videos");

  /** The only one of the Message Batches API. */
  public static final String MESSAGES = "/v1/messages";

  /** Text from Gemini: batchGenerateContent. */
  public static final String GENERATE_CONTENT = "generateContent";

  /** Embeddings from Gemini: asyncBatchEmbedContent. */
  public static final String EMBED_CONTENT = "embedContent";

  private static final Set<String> OPENAI_SET = Set.copyOf(OPENAI);

  private Endpoints() {}

  /** Whose endpoint that is, or null when no provider's batch API takes it. */
  public static @Nullable Provider dialect(String endpoint) {
    if (OPENAI_SET.contains(endpoint)) {
      return Provider.OPENAI;
    }
    return switch (endpoint) {
      case MESSAGES -> Provider.ANTHROPIC;
      case GENERATE_CONTENT, EMBED_CONTENT -> Provider.GEMINI;
      default -> null;
    };
  }

  /**
   * The same endpoint with the version that Azure's addresses leave out; anything else as it is.
   */
  static String withVersion(String url) {
    String whole = "/v1" + url;
    return OPENAI_SET.contains(whole) ? whole : url;
  }

  /** Whether requests are counted in embedding inputs, several to a request. */
  public static boolean embeddings(String endpoint) {
    return endpoint.equals("/v1/embeddings") || endpoint.equals(EMBED_CONTENT);
  }

  /**
   * Whether the same body can be sent to the same endpoint without a batch, and is answered at
   * once: videos are made later, and edits of images are uploaded as a form.
   */
  public static boolean hasSynchronous(String endpoint) {
    return dialect(endpoint) != null
        && !endpoint.equals("/v1/videos")
        && !endpoint.equals("/v1/images/edits");
  }
}
