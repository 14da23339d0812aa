package dev.offpeak.results.shared.outcome;

import dev.offpeak.core.lane.Provider;
import dev.offpeak.core.price.PriceRow;
import dev.offpeak.core.price.PriceTable;
import dev.offpeak.core.price.Uplift;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Prices of models, remembered; says once of each model that it has none. Safe for threads. */
public final class Pricing {

  private static final Logger LOGGER = LoggerFactory.getLogger(Pricing.class);

  private record Key(Provider provider, String model, LocalDate day) {}

  /** Days pass and models come, so what is remembered is forgotten now and then. */
  private static final int MOST_REMEMBERED = 10_000;

  private final PriceTable table;
  private final Runnable onUnpriced;
  private final Map<String, Uplift> uplifts;
  private final Map<Key, Optional<PriceRow>> remembered = new ConcurrentHashMap<>();
  private final Map<String, Boolean> unpriced = new ConcurrentHashMap<>();

  /**
   * Prices of that table.
   *
   * @param uplifts by account, where it pays more than list prices
   * @param onUnpriced told of each model without a price, once
   */
  public Pricing(PriceTable table, Map<String, Uplift> uplifts, Runnable onUnpriced) {
    this.table = table;
    this.uplifts = Map.copyOf(uplifts);
    this.onUnpriced = onUnpriced;
  }

  /** What an account pays over list prices. */
  Uplift uplift(String account) {
    return uplifts.getOrDefault(account, Uplift.NONE);
  }

  /**
   * The price of an answer.
   *
   * @param answered the model that answered, usually a dated snapshot; may be empty
   * @param requested the model that was asked
   */
  public Optional<PriceRow> find(
      Provider provider, String answered, String requested, LocalDate day) {
    Optional<PriceRow> price =
        answered.isEmpty() ? Optional.empty() : find(provider, answered, day);
    if (price.isEmpty()) {
      price = find(provider, requested, day);
    }
    if (price.isEmpty() && unpriced.putIfAbsent(requested, true) == null) {
      onUnpriced.run();
      LOGGER
          .atWarn()
          .addKeyValue("provider", provider.id())
          .addKeyValue("model", requested)
          .log("no price: its answers have no cost; add it to the file of prices.file");
    }
    return price;
  }

  private Optional<PriceRow> find(Provider provider, String model, LocalDate day) {
    if (remembered.size() > MOST_REMEMBERED) {
      remembered.clear();
    }
    return remembered.computeIfAbsent(
        new Key(provider, model, day), key -> table.findRow(provider, model, day));
  }
}
