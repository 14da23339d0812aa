package dev.offpeak.core.lane;

import java.util.Locale;

/** Whose batch API a request is for. */
public enum Provider {
  OPENAI,
  ANTHROPIC,
  GEMINI;

  /** The name in configuration, records and metrics: lower case. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The provider of that {@link #id}.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Provider of(String id) {
    for (Provider provider : values()) {
      if (provider.id().equals(id)) {
        return provider;
      }
    }
    throw new IllegalArgumentException(
        "unknown provider '" + id + "'; it must be one of openai, anthropic, gemini");
  }

  /** Whether one batch may hold requests for several models (docs/providers G: only Anthropic). */
  public boolean mixesModels() {
    return this == ANTHROPIC;
  }

  /** Whether requests may ask for a version of its API, one for the whole batch. */
  public boolean hasEditions() {
    return this == ANTHROPIC;
  }
}
