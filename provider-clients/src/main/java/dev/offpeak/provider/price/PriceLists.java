package dev.offpeak.provider.price;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.offpeak.core.lane.Provider;
import dev.offpeak.core.price.PriceRow;
import dev.offpeak.core.price.PriceTable;
import dev.offpeak.provider.account.ProviderProfile;
import dev.offpeak.provider.adapter.BuiltInProviders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads price lists. */
public final class PriceLists {

  private static final ObjectMapper YAML =
      YAMLMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private PriceLists() {}

  /** The list that comes with Offpeak, {@code prices.yaml} beside this class. */
  public static PriceTable builtIn() {
    try (InputStream in =
        Objects.requireNonNull(
            PriceLists.class.getResourceAsStream("prices.yaml"), "prices.yaml is in the jar")) {
      return table(YAML.readValue(in, PriceList.class).rows());
    } catch (IOException e) {
      throw new UncheckedIOException("the built-in prices.yaml", e);
    }
  }

  private static List<PriceRow> liteLlm(Path file) throws IOException {
    LocalDate asOf =
        LocalDate.ofInstant(Files.getLastModifiedTime(file).toInstant(), ZoneOffset.UTC);
    return LiteLlmPrices.read(JSON.readTree(file.toFile()), asOf);
  }

  private static PriceTable table(List<PriceRow> rows) {
    Map<Provider, Provider> lenders = new HashMap<>();
    for (ProviderProfile profile : BuiltInProviders.PROFILES.all()) {
      if (profile.pricesOf() != null) {
        lenders.put(profile.provider(), profile.pricesOf());
      }
    }
    return new PriceTable(rows, lenders);
  }

  /**
   * The built-in list with a file over it. Models that your own list has are taken from there, all
   * others stay, unless it says {@code replaces-built-in: true}. LiteLLM's file holds as of the day
   * it was last modified: what is newer in the built-in list goes before it.
   *
   * @param file YAML of the built-in list's form, or (named {@code .json}) LiteLLM's price file
   * @throws IOException when it can't be read
   * @throws IllegalArgumentException when it is no price list; names file and row
   */
  public static PriceTable withFile(Path file) throws IOException {
    try {
      if (file.toString().endsWith(".json")) {
        return builtIn().merged(new PriceTable(liteLlm(file)));
      }
      try (InputStream in = Files.newInputStream(file)) {
        PriceList list = YAML.readValue(in, PriceList.class);
        PriceTable own = table(list.rows());
        return list.replacesBuiltIn() ? own : builtIn().with(own);
      }
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new IllegalArgumentException("price file " + file + ": " + e.getMessage(), e);
    }
  }
}
