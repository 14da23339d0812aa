package dev.offpeak.results.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What tokens cost.
 *
 * @param file a price list over the built-in one, in its YAML form or (named {@code .json})
 *     LiteLLM's price file; absent leaves the built-in prices
 */
public record PricesConfig(@Nullable Path file) {}
