package dev.offpeak.ingest.config;

import dev.offpeak.ingest.auth.DeferRule;
import org.jspecify.annotations.Nullable;

/**
 * Which calls with a key wait, or do not, when they do not say it themselves.
 *
 * @param endpoint such as {@code /v1/embeddings}; any when absent
 * @param model a pattern such as {@code gpt-*}; any when absent
 * @param team a label; any when absent
 * @param feature a label; any when absent
 * @param waits whether they become a batch
 */
public record RuleConfig(
    @Nullable String endpoint,
    @Nullable String model,
    @Nullable String team,
    @Nullable String feature,
    boolean waits) {

  DeferRule rule() {
    return new DeferRule(endpoint, model, team, feature, waits);
  }
}
