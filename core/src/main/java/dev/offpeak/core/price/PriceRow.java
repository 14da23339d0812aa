package dev.offpeak.core.price;

import dev.offpeak.core.lane.Provider;
import java.time.LocalDate;

/**
 * A row of a price list.
 *
 * @param model as the provider names it, without a snapshot's date
 * @param from first day of that price
 * @param source where the price was read
 */
public record PriceRow(
    Provider provider, String model, LocalDate from, Price price, String source) {}
