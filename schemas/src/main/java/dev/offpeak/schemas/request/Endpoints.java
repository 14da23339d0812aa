package dev.offpeak.schemas.request;

import dev.offpeak.core.lane.LineShape;

/** The endpoints that the providers' batch APIs take. */
public final class Endpoints {

  /** The only one of the Message Batches API. */
  public static final String MESSAGES = "/v1/messages";

  /** Text from Gemini: batchGenerateContent. */
  public static final String GENERATE_CONTENT = "generateContent";

  /** Embeddings from Gemini: asyncBatchEmbedContent. */
  public static final String EMBED_CONTENT = "embedContent";

  private Endpoints() {}

  /**
   * The same endpoint with the version that Azure's addresses leave out; anything else as it is.
   */
  static String withVersion(String url) {
    String whole = "/v1" + url;
    return LineShape.OPENAI.endpoints().contains(whole) ? whole : url;
  }

  /** Whether requests are counted in embedding inputs, several to a request. */
  public static boolean embeddings(String endpoint) {
    return endpoint.endsWith("/embeddings") || endpoint.equals(EMBED_CONTENT);
  }

  /**
   * Whether the same body can be sent to the same endpoint without a batch, and is answered at
   * once: videos are made later, and edits of images are uploaded as a form.
   */
  public static boolean hasSynchronous(String endpoint) {
    return !endpoint.endsWith("/videos") && !endpoint.endsWith("/images/edits");
  }
}
