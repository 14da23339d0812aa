package dev.offpeak.ledger.report;

import dev.offpeak.core.text.Visible;
import dev.offpeak.ledger.database.LedgerDatabase;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * What a ledger adds up to, and of which records: how far it had read each partition of llm.usage
 * when these were its sums. Another one that reads as far has the same lines.
 *
 * @param places next offset by partition
 * @param lines a sum each, of a day, account, model and mode, in their order
 */
public record Sums(Map<Integer, Long> places, List<String> lines) {

  private static final String PLACE = "place ";
  private static final String NUMBERS =
      "SUM(requests), SUM(input), SUM(cached_input), SUM(cache_write), SUM(output), SUM(reasoning),"
          + " SUM(unpriced_requests), SUM(cost_pico), SUM(sync_cost_pico)";
  private static final String LINES =
      "SELECT on_day, account, model, mode, "
          + NUMBERS
          + " FROM usage_hour"
          + " GROUP BY on_day, account, model, mode";
  private static final String LINES_OF_EACH_RECORD =
      "SELECT on_day, account, model, mode,"
          + " SUM(requests), SUM(input), SUM(cached_input), SUM(cache_write), SUM(output),"
          + " SUM(reasoning), SUM(CASE WHEN cost_pico IS NULL THEN requests ELSE 0 END),"
          + " COALESCE(SUM(cost_pico), 0), COALESCE(SUM(sync_cost_pico), 0) FROM usage_line"
          + " GROUP BY on_day, account, model, mode";
  private static final int KEYS = 4;
  private static final int COLUMNS = 13;

  public Sums {
    places = Map.copyOf(places);
    lines = List.copyOf(lines);
  }

  /**
   * What that ledger adds up to now.
   *
   * @param usage full name of llm.usage
   * @throws IllegalStateException when its hours are not the sums of its records
   */
  public static Sums of(LedgerDatabase database, String usage) {
    return database
        .jdbi()
        .inTransaction(TransactionIsolationLevel.REPEATABLE_READ, handle -> of(handle, usage));
  }

  private static Sums of(Handle handle, String usage) {
    Map<Integer, Long> places = new TreeMap<>();
    handle
        .createQuery("SELECT part, next_place FROM kafka_place WHERE topic = :topic")
        .bind("topic", usage)
        .map((row, _) -> places.put(row.getInt(1), row.getLong(2)))
        .list();
    List<String> hours = lines(handle, LINES);
    if (!hours.equals(lines(handle, LINES_OF_EACH_RECORD))) {
      throw new IllegalStateException("the sums by hour are not those of the records");
    }
    return new Sums(places, hours);
  }

  private static List<String> lines(Handle handle, String sql) {
    return handle
        .createQuery(sql)
        .map(
            (row, _) -> {
              List<String> cells = new ArrayList<>();
              for (int i = 1; i <= COLUMNS; i++) {
                cells.add(
                    i <= KEYS
                        ? Visible.of(row.getString(i))
                        : row.getBigDecimal(i).setScale(0).toPlainString());
              }
              return String.join("\t", cells);
            })
        .list()
        .stream()
        .sorted()
        .toList();
  }

  /** As lines of text. */
  public String text() {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(places)
        .forEach(
            (part, place) ->
                text.append(PLACE).append(part).append(' ').append(place).append('\n'));
    lines.forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  /**
   * What {@link #text} wrote.
   *
   * @throws IllegalArgumentException when it did not
   */
  public static Sums parse(String text) {
    Map<Integer, Long> places = new TreeMap<>();
    List<String> lines = new ArrayList<>();
    for (String line : text.lines().toList()) {
      if (line.startsWith(PLACE)) {
        String[] words = line.split(" ", -1);
        places.put(Integer.valueOf(words[1]), Long.valueOf(words[2]));
      } else if (line.split("\t", -1).length == COLUMNS) {
        lines.add(line);
      } else {
        throw new IllegalArgumentException("these are no sums: " + Visible.of(line));
      }
    }
    return new Sums(places, lines);
  }

  /** Lines that only one of both has, each with whose it is. */
  public List<String> differences(String ours, Sums other, String theirs) {
    List<String> all = new ArrayList<>();
    only(lines, other.lines).forEach(line -> all.add(ours + "\t" + line));
    only(other.lines, lines).forEach(line -> all.add(theirs + "\t" + line));
    return all;
  }

  private static Collection<String> only(List<String> these, List<String> those) {
    Collection<String> only = new TreeSet<>(these);
    only.removeAll(new TreeSet<>(those));
    return only;
  }

  /** All that was billed and has a price, in USD. */
  public BigDecimal cost() {
    return lines.stream()
        .map(line -> new BigDecimal(line.split("\t", -1)[COLUMNS - 2]))
        .map(Usd::ofPico)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
