package dev.offpeak.core.lane;

/**
 * What a provider counts quota against: account and model, or the account where it mixes models in
 * a batch (docs/providers A2, B2, C2).
 *
 * @param provider whose quota
 * @param account name of the account in the configuration; no '|'
 * @param model the model, or empty where the provider mixes models
 */
public record QuotaScope(Provider provider, String account, String model) {

  /** The key of llm.batches and llm.quotas: {@code provider|account|model}. */
  public String id() {
    return provider.id() + '|' + account + '|' + model;
  }

  /** Parses {@link #id}; the model may hold any character. */
  public static QuotaScope parse(String id) {
    String[] parts = id.split("\\|", 3);
    if (parts.length != 3) {
      throw new IllegalArgumentException(
          "quota scope '" + id + "' must have the form provider|account|model");
    }
    return new QuotaScope(Provider.of(parts[0]), parts[1], parts[2]);
  }
}
