package dev.offpeak.provider.price;

import dev.offpeak.core.price.PriceTable;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What tokens cost.
 *
 * @param file a price list over the built-in one, in its YAML form or (named {@code .json})
 *     LiteLLM's price file; absent leaves the built-in prices
 */
public record PricesConfig(@Nullable Path file) {

  /**
   * The prices.
   *
   * @throws IOException when the file can't be read
   */
  public PriceTable table() throws IOException {
    return file == null ? PriceLists.builtIn() : PriceLists.withFile(file);
  }
}
