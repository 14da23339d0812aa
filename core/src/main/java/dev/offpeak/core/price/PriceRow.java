package dev.offpeak.core.price;

import dev.offpeak.core.lane.Provider;
import java.time.LocalDate;

/**
 * A row of a price list.
 *
 * @param model as the provider names it, without a snapshot's date
 * @param from first day of that price
 * @param source where the price was read
 * @param confidence how the price of a batch is known
 */
public record PriceRow(
    Provider provider,
    String model,
    LocalDate from,
    Price price,
    String source,
    Confidence confidence) {

  /** How the price of a batch is known. */
  public enum Confidence {
    /** The source gives it. */
    PUBLISHED,
    /** It is half of the synchronous price, as the provider says of all its models. */
    DERIVED
  }

  /** Names the row among all others, as {@code openai/gpt-4o-mini@2026-07-30}. */
  public String id() {
    String since = from.equals(LocalDate.EPOCH) ? "" : "@" + from;
    return provider.id() + "/" + model + since;
  }
}
