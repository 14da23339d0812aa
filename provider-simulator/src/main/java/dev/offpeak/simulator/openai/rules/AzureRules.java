package dev.offpeak.simulator.openai.rules;

/**
 * Whether the stand-in is Azure's service rather than OpenAI's own: below {@code /openai}, with
 * {@code api-version} in each query and the key as {@code api-key}, endpoints without {@code /v1},
 * and files that are read before a batch can be made of them.
 *
 * @param on whether it is
 * @param processingMs how long an input file is {@code pending}
 */
public record AzureRules(boolean on, long processingMs) {

  /** OpenAI's own service. */
  public static final AzureRules OFF = new AzureRules(false, 2_000);

  private static final String VERSION = "/v1";

  /** What all paths begin with. */
  public String root() {
    return on ? "/openai" : VERSION;
  }

  /** An endpoint as lines and batches spell it. */
  public String spelled(String endpoint) {
    return on && endpoint.startsWith(VERSION + "/")
        ? endpoint.substring(VERSION.length())
        : endpoint;
  }
}
