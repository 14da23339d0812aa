package dev.offpeak.core.lane;

/**
 * Requests that may share a batch: the same account, endpoint and model. The model is left out
 * where the provider mixes models in a batch.
 *
 * @param provider whose batch API
 * @param account name of the account in the configuration; no '|'
 * @param endpoint the provider's endpoint, such as {@code /v1/chat/completions}
 * @param model the model, or empty where {@link Provider#mixesModels()}
 */
public record Lane(Provider provider, String account, String endpoint, String model) {

  /** Lane of a request for that model, which is dropped where the provider mixes models. */
  public static Lane of(Provider provider, String account, String endpoint, String model) {
    return new Lane(provider, account, endpoint, provider.mixesModels() ? "" : model);
  }

  /** The key of llm.lanes: {@code provider|account|endpoint|model}. */
  public String id() {
    return provider.id() + '|' + account + '|' + endpoint + '|' + model;
  }

  /** Parses {@link #id}; the model may hold any character. */
  public static Lane parse(String id) {
    String[] parts = id.split("\\|", 4);
    if (parts.length != 4) {
      throw new IllegalArgumentException(
          "lane '" + id + "' must have the form provider|account|endpoint|model");
    }
    return new Lane(Provider.of(parts[0]), parts[1], parts[2], parts[3]);
  }

  /** The id of the {@link QuotaScope} that its batches count against. */
  public String scope() {
    return new QuotaScope(provider, account, model).id();
  }
}
