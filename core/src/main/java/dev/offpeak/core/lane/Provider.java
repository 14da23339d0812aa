package dev.offpeak.core.lane;

import java.util.regex.Pattern;

/**
 * Whose batch API a request is for. A name and no more, so that records of a provider that this
 * version does not know can be read all the same; what a provider can do says its profile in
 * provider-clients.
 *
 * @param id the name in configuration, records and metrics
 */
public record Provider(String id) implements Comparable<Provider> {

  private static final Pattern ID = Pattern.compile("[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?");

  /** OpenAI's own API. */
  public static final Provider OPENAI = new Provider("openai");

  /** Anthropic's Message Batches. */
  public static final Provider ANTHROPIC = new Provider("anthropic");

  /** Google's Gemini API. */
  public static final Provider GEMINI = new Provider("gemini");

  public Provider {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "a provider is called '" + id + "'; its name has 1 to 64 small letters, digits and -");
    }
  }

  /**
   * The provider of that {@link #id}.
   *
   * @throws IllegalArgumentException when none can be called so
   */
  public static Provider of(String id) {
    return new Provider(id);
  }

  @Override
  public int compareTo(Provider other) {
    return id.compareTo(other.id);
  }
}
