package dev.offpeak.core.lane;

/**
 * Requests that may share a batch: the same account, endpoint, model and edition of the API. The
 * model is left out where the provider mixes models in a batch.
 *
 * @param provider whose batch API
 * @param account name of the account in the configuration; no '|'
 * @param endpoint the provider's endpoint, such as {@code /v1/chat/completions}
 * @param model the model, or empty where the provider mixes models
 * @param edition of the API that its batches are created with; only a lane without a model has one
 */
public record Lane(
    Provider provider, String account, String endpoint, String model, Edition edition) {

  public Lane {
    if (!model.isEmpty() && !edition.equals(Edition.USUAL)) {
      throw new IllegalArgumentException(
          "a lane of the model '" + model + "' can't be of the edition " + edition.id());
    }
  }

  /** A lane of the usual edition. */
  public static Lane of(Provider provider, String account, String endpoint, String model) {
    return new Lane(provider, account, endpoint, model, Edition.USUAL);
  }

  /**
   * The key of llm.lanes: {@code provider|account|endpoint|model}, and {@code |edition} behind an
   * empty model where one is asked for.
   */
  public String id() {
    String usual = provider.id() + '|' + account + '|' + endpoint + '|' + model;
    return edition.equals(Edition.USUAL) ? usual : usual + '|' + edition.id();
  }

  /** Parses {@link #id}; the model may hold any character, if it does not read as an edition. */
  public static Lane parse(String id) {
    String[] parts = id.split("\\|", 4);
    if (parts.length != 4) {
      throw new IllegalArgumentException(
          "lane '" + id + "' must have the form provider|account|endpoint|model");
    }
    Provider provider = Provider.of(parts[0]);
    Edition edition =
        parts[3].startsWith("|") ? Edition.find(parts[3].substring(1)) : Edition.USUAL;
    return edition.equals(Edition.USUAL)
        ? of(provider, parts[1], parts[2], parts[3])
        : new Lane(provider, parts[1], parts[2], "", edition);
  }

  /** The id of the {@link QuotaScope} that its batches count against. */
  public String scope() {
    return new QuotaScope(provider, account, model).id();
  }
}
