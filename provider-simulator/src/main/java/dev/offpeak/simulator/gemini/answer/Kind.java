package dev.offpeak.simulator.gemini.answer;

/** What a request asks a model for. */
public enum Kind {
  /** A text. */
  GENERATE("batchGenerateContent", "GenerateContentBatch", "inlinedResponses"),
  /** An embedding. */
  EMBED("asyncBatchEmbedContent", "EmbedContentBatch", "inlinedEmbedContentResponses");

  private final String createMethod;
  private final String typeName;
  private final String inlined;

  Kind(String createMethod, String typeName, String inlined) {
    this.createMethod = createMethod;
    this.typeName = typeName;
    this.inlined = inlined;
  }

  /** The method that creates a batch of these. */
  public String createMethod() {
    return createMethod;
  }

  /** The type of such a batch. */
  public String typeName() {
    return typeName;
  }

  /** The field with the results of a batch whose requests were given inline. */
  public String inlined() {
    return inlined;
  }
}
