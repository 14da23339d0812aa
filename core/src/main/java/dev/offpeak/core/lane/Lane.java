package dev.offpeak.core.lane;

/**
 * Requests that may share a batch: the same account, endpoint, model and edition of the API. The
 * model is left out where the provider mixes models in a batch.
 *
 * @param provider whose batch API
 * @param account name of the account in the configuration; no '|'
 * @param endpoint the provider's endpoint, such as {@code /v1/chat/completions}
 * @param model the model, or empty where {@link Provider#mixesModels()}
 * @param edition of the API that its batches are created with
 */
public record Lane(
    Provider provider, String account, String endpoint, String model, Edition edition) {

  /** Lane of a request for that model, which is dropped where the provider mixes models. */
  public static Lane of(Provider provider, String account, String endpoint, String model) {
    return of(provider, account, endpoint, model, Edition.USUAL);
  }

  /** Lane of a request for that model and edition; only some providers have editions. */
  public static Lane of(
      Provider provider, String account, String endpoint, String model, Edition edition) {
    return new Lane(
        provider,
        account,
        endpoint,
        provider.mixesModels() ? "" : model,
        provider.hasEditions() ? edition : Edition.USUAL);
  }

  /**
   * The key of llm.lanes: {@code provider|account|endpoint|model}, and {@code |edition} behind an
   * empty model where one is asked for.
   */
  public String id() {
    String usual = provider.id() + '|' + account + '|' + endpoint + '|' + model;
    return edition.equals(Edition.USUAL) ? usual : usual + '|' + edition.id();
  }

  /** Parses {@link #id}; the model may hold any character where there are no editions. */
  public static Lane parse(String id) {
    String[] parts = id.split("\\|", 4);
    if (parts.length != 4) {
      throw new IllegalArgumentException(
          "lane '" + id + "' must have the form provider|account|endpoint|model");
    }
    Provider provider = Provider.of(parts[0]);
    boolean edited = provider.hasEditions() && parts[3].startsWith("|");
    return new Lane(
        provider,
        parts[1],
        parts[2],
        edited ? "" : parts[3],
        edited ? Edition.parse(parts[3].substring(1)) : Edition.USUAL);
  }

  /** The id of the {@link QuotaScope} that its batches count against. */
  public String scope() {
    return new QuotaScope(provider, account, model).id();
  }
}
