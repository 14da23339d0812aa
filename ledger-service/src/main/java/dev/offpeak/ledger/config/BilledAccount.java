package dev.offpeak.ledger.config;

import dev.offpeak.runtime.config.Secret;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the bill of an account is read. It is only read.
 *
 * @param provider {@code openai} or {@code anthropic}: Gemini has no such API
 * @param adminKey of the organisation, which is not the account's own key
 * @param baseUrl where the API is, without {@code /v1}; null: at the provider
 * @param projects OpenAI's projects or Anthropic's workspaces that the account is; none: the whole
 *     organisation, with whatever else is in it
 */
public record BilledAccount(
    Kind provider, Secret adminKey, @Nullable URI baseUrl, List<String> projects) {

  /** Whose bill. */
  public enum Kind {
    /** OpenAI's. */
    OPENAI("https://api.openai.com"),
    /** Anthropic's. */
    ANTHROPIC("https://api.anthropic.com");

    private final String home;

    Kind(String home) {
      this.home = home;
    }
  }

  public BilledAccount {
    projects = List.copyOf(projects);
  }

  /** Where the API is, without a slash at its end. */
  public String url() {
    return (baseUrl == null ? provider.home : baseUrl.toString()).replaceFirst("/+$", "");
  }
}
