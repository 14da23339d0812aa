package dev.offpeak.ingest.config;

import dev.offpeak.ingest.auth.Allowance;
import dev.offpeak.ingest.auth.ApiKeys;
import dev.offpeak.ingest.auth.Caller;
import dev.offpeak.ingest.auth.DeferRule;
import dev.offpeak.ingest.auth.KeyTerms;
import dev.offpeak.ingest.auth.RateLimits;
import dev.offpeak.runtime.config.Default;
import dev.offpeak.runtime.config.Secret;
import dev.offpeak.schemas.avro.KeyPolicy;
import dev.offpeak.schemas.key.RuleText;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One API key.
 *
 * @param key what clients send, at least 16 characters
 * @param tenant that its requests belong to
 * @param mayChooseTenant whether the header {@code x-offpeak-tenant} may name another one
 * @param team label of calls that say none
 * @param feature label of calls that say none
 * @param policy of calls that do not say whether they wait: {@code interactive} are made at once,
 *     {@code batch} wait where they can, {@code auto} as {@code rules} say
 * @param rules under {@code auto}, such as {@code batch:endpoint=/v1/embeddings}; the first that a
 *     call meets decides, without one it is made at once
 * @param models patterns of those that may be called; all when empty
 * @param requestsPerMinute calls at once, and single calls that wait
 * @param inputTokensPerMinute of calls at once
 * @param concurrent calls at the same time
 * @param dayUsd what may be spent with it a day (UTC)
 * @param monthUsd what may be spent with it a month (UTC)
 * @param expires an instant such as 2027-01-01T00:00:00Z; never when absent
 */
public record KeyConfig(
    Secret key,
    String tenant,
    @Default("false") boolean mayChooseTenant,
    @Nullable String team,
    @Nullable String feature,
    @Default("auto") KeyPolicy policy,
    List<String> rules,
    List<String> models,
    @Nullable Long requestsPerMinute,
    @Nullable Long inputTokensPerMinute,
    @Nullable Integer concurrent,
    @Nullable BigDecimal dayUsd,
    @Nullable BigDecimal monthUsd,
    @Nullable String expires) {

  private static final int SHORTEST_KEY = 16;

  public KeyConfig {
    if (key.reveal().length() < SHORTEST_KEY) {
      throw new IllegalArgumentException(
          "key is shorter than " + SHORTEST_KEY + " characters: it could be guessed");
    }
    if (tenant.isBlank()) {
      throw new IllegalArgumentException("tenant must name a tenant");
    }
    rules = List.copyOf(rules);
    models = List.copyOf(models);
    var _ = new RateLimits(requestsPerMinute, inputTokensPerMinute, concurrent);
    var _ = Allowance.usd(dayUsd, monthUsd);
    var _ = instant(expires);
    rules.forEach(RuleText::of);
  }

  private static @Nullable Instant instant(@Nullable String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "expires is '" + text + "'; it must be an instant such as 2027-01-01T00:00:00Z", e);
    }
  }

  ApiKeys.Configured of(String name) {
    return new ApiKeys.Configured(
        new Caller(
            name,
            tenant,
            mayChooseTenant,
            new KeyTerms(
                team,
                feature,
                policy,
                rules.stream().map(RuleText::of).map(DeferRule::of).toList(),
                models,
                new RateLimits(requestsPerMinute, inputTokensPerMinute, concurrent),
                Allowance.usd(dayUsd, monthUsd))),
        instant(expires));
  }
}
