package dev.offpeak.provider.account;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How an account is called where it differs from the provider's usual way. What is not set is the
 * usual way.
 *
 * @param auth how the key is sent; usually a bearer token to OpenAI and Anthropic, {@code
 *     x-goog-api-key} to Gemini (docs/providers A, B, C)
 * @param apiVersion sent as {@code ?api-version=} with each call, as Azure's OpenAI wants it; to
 *     Anthropic as {@code anthropic-version}, usually {@code 2023-06-01}
 * @param outputExpiresAfter how long OpenAI keeps result files, an hour to 30 days (docs/providers
 *     A1); absent: as long as OpenAI likes
 * @param uploadType media type of input files at Gemini, about which reports differ (docs/providers
 *     C2)
 * @param beta sent to Anthropic as {@code anthropic-beta} with each call, several separated by
 *     commas
 */
public record WireConfig(
    @Nullable AuthHeader auth,
    @Nullable String apiVersion,
    @Nullable Duration outputExpiresAfter,
    @Nullable String uploadType,
    @Nullable String beta) {

  /** Every call as it usually is. */
  public static final WireConfig USUAL = new WireConfig(null, null, null, null, null);

  private static final Duration SHORTEST_LIFE = Duration.ofHours(1);
  private static final Duration LONGEST_LIFE = Duration.ofDays(30);

  public WireConfig {
    if (outputExpiresAfter != null
        && (outputExpiresAfter.compareTo(SHORTEST_LIFE) < 0
            || outputExpiresAfter.compareTo(LONGEST_LIFE) > 0)) {
      throw new IllegalArgumentException(
          "output-expires-after is "
              + outputExpiresAfter
              + "; OpenAI takes an hour (1h) to 30 days (30d)");
    }
    headerValue("api-version", apiVersion);
    headerValue("upload-type", uploadType);
    headerValue("beta", beta);
  }

  private static void headerValue(String name, @Nullable String value) {
    if (value != null && !value.matches("[\\w.+/;,=-]+")) {
      throw new IllegalArgumentException(
          name + " is '" + value + "'; it may hold letters, digits and . , + / ; = _ - only");
    }
  }

  /** How the key is sent, by that way unless configured. */
  public AuthHeader authOr(AuthHeader usual) {
    return Objects.requireNonNullElse(auth, usual);
  }
}
