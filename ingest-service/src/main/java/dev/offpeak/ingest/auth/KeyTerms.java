package dev.offpeak.ingest.auth;

import dev.offpeak.provider.account.ModelPattern;
import dev.offpeak.schemas.avro.KeyPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What holds for calls with a key.
 *
 * @param team label of calls that say none
 * @param feature likewise
 * @param policy whether calls wait that do not say it
 * @param rules under {@code AUTO}; the first that a call meets decides
 * @param models patterns of those that may be called; empty for all
 */
public record KeyTerms(
    @Nullable String team,
    @Nullable String feature,
    KeyPolicy policy,
    List<DeferRule> rules,
    List<String> models,
    RateLimits limits,
    Allowance allowance) {

  /** Nothing in particular. */
  public static final KeyTerms NONE =
      new KeyTerms(
          null, null, KeyPolicy.AUTO, List.of(), List.of(), RateLimits.NONE, Allowance.NONE);

  public KeyTerms {
    rules = List.copyOf(rules);
    models = List.copyOf(models);
  }

  /** Whether calls that say nothing of it wait. */
  public boolean defers(String endpoint, String model, Spender spender) {
    return switch (policy) {
      case BATCH -> true;
      case INTERACTIVE -> false;
      case AUTO ->
          rules.stream()
              .filter(rule -> rule.meets(endpoint, model, spender))
              .findFirst()
              .map(DeferRule::waits)
              .orElse(false);
    };
  }

  /** Whether that model may be called. */
  public boolean allows(String model) {
    return ModelPattern.takes(models, model);
  }
}
