package dev.offpeak.ingest.auth;

import dev.offpeak.provider.account.ModelPattern;
import dev.offpeak.schemas.avro.KeyRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which calls wait, or do not, under a key's policy.
 *
 * @param endpoint such as {@code /v1/embeddings}; null for any
 * @param model a pattern; null for any
 * @param team a label; null for any
 * @param feature a label; null for any
 */
public record DeferRule(
    @Nullable String endpoint,
    @Nullable String model,
    @Nullable String team,
    @Nullable String feature,
    boolean waits) {

  /** As it is written down. */
  public static DeferRule of(KeyRule rule) {
    return new DeferRule(
        rule.getEndpoint(), rule.getModel(), rule.getTeam(), rule.getFeature(), rule.getWaits());
  }

  boolean meets(String called, String modelCalled, Spender spender) {
    return (endpoint == null || endpoint.equals(called))
        && (model == null || ModelPattern.takes(List.of(model), modelCalled))
        && (team == null || team.equals(spender.team()))
        && (feature == null || feature.equals(spender.feature()));
  }
}
