package dev.offpeak.ledger.report;

import dev.offpeak.ledger.database.LedgerDatabase;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.statement.Query;

/** Tokens and money, added up as they are asked for. */
public final class UsageReport {

  private static final LocalDate FIRST = LocalDate.of(1970, 1, 1);
  private static final LocalDate LAST = LocalDate.of(9999, 12, 31);
  private static final String SUMS =
      "SUM(requests), SUM(unpriced_requests), SUM(input), SUM(cached_input), SUM(output),"
          + " SUM(unpriced_tokens), SUM(cost_pico), SUM(sync_cost_pico)";

  private final LedgerDatabase database;

  /** Asks that database. */
  public UsageReport(LedgerDatabase database) {
    this.database = database;
  }

  /**
   * Sums of a period, the dearest first, or by day when days are told apart first.
   *
   * @param by what is told apart; nothing is one sum of all
   * @param only what each has in common with these, by what it is
   */
  public List<UsageSum> sums(List<By> by, Period period, Map<By, String> only) {
    List<String> columns = by.stream().map(By::column).toList();
    String keys = String.join(", ", columns);
    Map<By, String> ordered = new TreeMap<>(only);
    StringBuilder sql = new StringBuilder(400).append("SELECT ");
    sql.append(columns.isEmpty() ? "" : keys + ", ").append(SUMS);
    sql.append(" FROM usage_day WHERE on_day >= :from AND on_day <= :to");
    ordered.keySet().forEach(each -> sql.append(" AND ").append(condition(each)));
    if (!columns.isEmpty()) {
      sql.append(" GROUP BY ").append(keys).append(" ORDER BY ");
      sql.append(by.getFirst() == By.DAY ? keys : "SUM(sync_cost_pico) DESC, " + keys);
    }
    return database
        .jdbi()
        .withHandle(
            handle -> {
              Query query = handle.createQuery(sql.toString());
              query.bind("from", period.from() == null ? FIRST : period.from());
              query.bind("to", period.to() == null ? LAST : period.to());
              ordered.forEach((each, value) -> query.bind(each.word(), value));
              return query.map((row, _) -> sum(row, columns.size())).list().stream()
                  .filter(sum -> sum.requests().signum() > 0)
                  .toList();
            });
  }

  /** One sum of all. */
  public UsageSum total(Period period, Map<By, String> only) {
    return sums(List.of(), period, only).stream().findFirst().orElse(UsageSum.NONE);
  }

  private static String condition(By each) {
    return each == By.DAY ? "on_day = CAST(:day AS DATE)" : each.column() + " = :" + each.word();
  }

  private static UsageSum sum(ResultSet row, int keys) throws SQLException {
    List<String> own = new ArrayList<>(keys);
    for (int i = 1; i <= keys; i++) {
      own.add(row.getString(i));
    }
    return new UsageSum(
        own,
        whole(row, keys + 1),
        whole(row, keys + 2),
        whole(row, keys + 3),
        whole(row, keys + 4),
        whole(row, keys + 5),
        whole(row, keys + 6),
        Usd.ofPico(number(row, keys + 7)),
        Usd.ofPico(number(row, keys + 8)));
  }

  private static BigInteger whole(ResultSet row, int column) throws SQLException {
    return number(row, column).toBigIntegerExact();
  }

  private static BigDecimal number(ResultSet row, int column) throws SQLException {
    BigDecimal number = row.getBigDecimal(column);
    return number == null ? BigDecimal.ZERO : number;
  }
}
