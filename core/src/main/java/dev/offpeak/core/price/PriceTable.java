package dev.offpeak.core.price;

import dev.offpeak.core.lane.Provider;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Prices by provider, model and day. */
public final class PriceTable {

  /**
   * What may follow a model's name without making it another model: a date or number of a snapshot
   * ({@code -2024-07-18}, {@code -20251001}, {@code -0613}, {@code -001}), {@code -latest}, or a
   * preview of it. {@code -mini} or {@code -5} is another model.
   */
  private static final Pattern SNAPSHOT =
      Pattern.compile(
          "-(\\d{4}-\\d{2}-\\d{2}|\\d{8}|\\d{3,4}|latest|(preview|exp)(-\\d{2}-\\d{2,4}|-\\d{4})?)");

  private static final String GEMINI_FOLDER = "models/";

  private record Key(Provider provider, String model) {}

  private final Map<Key, TreeMap<LocalDate, PriceRow>> rows = new HashMap<>();
  private final Map<Provider, Provider> lenders;

  /** A table of these rows; of two for the same model and day the later wins. */
  public PriceTable(List<PriceRow> rows) {
    this(rows, Map.of());
  }

  /**
   * A table of these rows.
   *
   * @param lenders whose prices the models of a provider have where there is none of their own
   */
  public PriceTable(List<PriceRow> rows, Map<Provider, Provider> lenders) {
    this.lenders = Map.copyOf(lenders);
    rows.forEach(this::add);
  }

  private void add(PriceRow row) {
    rows.computeIfAbsent(new Key(row.provider(), row.model()), key -> new TreeMap<>())
        .put(row.from(), row);
  }

  /** This table with each model that the other has taken from there. */
  public PriceTable with(PriceTable other) {
    PriceTable both = new PriceTable(List.of(), lenders);
    both.rows.putAll(rows);
    both.rows.putAll(other.rows);
    return both;
  }

  /**
   * This table with the rows of the other among its own: on any day the newest row of a model that
   * holds by then is its price, whichever list it stands in.
   */
  public PriceTable merged(PriceTable other) {
    PriceTable both = new PriceTable(List.of(), lenders);
    rows().forEach(both::add);
    other.rows().forEach(both::add);
    return both;
  }

  /** All rows, by provider, model and day. */
  public Stream<PriceRow> rows() {
    return rows.values().stream()
        .flatMap(dated -> dated.values().stream())
        .sorted(
            Comparator.comparing((PriceRow row) -> row.provider().id())
                .thenComparing(PriceRow::model)
                .thenComparing(PriceRow::from));
  }

  /** The price of a model, or of the model that it is a snapshot of, on that day. */
  public Optional<Price> find(Provider provider, String model, LocalDate day) {
    return findRow(provider, model, day).map(PriceRow::price);
  }

  /** The row of {@link #find}. Before the first known price that one holds. */
  public Optional<PriceRow> findRow(Provider provider, String model, LocalDate day) {
    Optional<PriceRow> own = ownRow(provider, model, day);
    Provider lender = lenders.get(provider);
    return own.isPresent() || lender == null ? own : ownRow(lender, model, day);
  }

  private Optional<PriceRow> ownRow(Provider provider, String model, LocalDate day) {
    String name = model.startsWith(GEMINI_FOLDER) ? model.substring(GEMINI_FOLDER.length()) : model;
    TreeMap<LocalDate, PriceRow> dated = rows.get(new Key(provider, name));
    for (int end = name.lastIndexOf('-');
        dated == null && end > 0;
        end = name.lastIndexOf('-', end - 1)) {
      if (SNAPSHOT.matcher(name).region(end, name.length()).matches()) {
        dated = rows.get(new Key(provider, name.substring(0, end)));
      }
    }
    if (dated == null) {
      return Optional.empty();
    }
    Map.Entry<LocalDate, PriceRow> entry = dated.floorEntry(day);
    return Optional.of((entry == null ? dated.firstEntry() : entry).getValue());
  }

  /** Number of models that have a price. */
  public int size() {
    return rows.size();
  }
}
