package dev.offpeak.runtime.config;

import java.util.Objects;

/**
 * A value that nobody may see: printing shows only where it came from. In a file it stands as
 * {@code env:NAME} or {@code file:/path} (or {@code {env: NAME}}, {@code {file: /path}}), never as
 * itself.
 */
public final class Secret {

  private final String source;
  private final String value;

  /**
   * @param source where the value came from, for people; must not contain it
   * @param value the value itself
   */
  public Secret(String source, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException("the secret from " + source + " is empty");
    }
    this.source = source;
    this.value = value;
  }

  /** The value itself, to be handed on at once and not kept. */
  public String reveal() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that && source.equals(that.source) && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return Objects.hash(source, value);
  }

  @Override
  public String toString() {
    return "****** (" + source + ")";
  }
}
