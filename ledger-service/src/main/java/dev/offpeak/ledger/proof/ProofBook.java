package dev.offpeak.ledger.proof;

import dev.offpeak.ledger.database.LedgerDatabase;
import dev.offpeak.ledger.proof.Evidence.Cost;
import dev.offpeak.ledger.proof.Evidence.Job;
import dev.offpeak.ledger.proof.Evidence.Line;
import dev.offpeak.ledger.proof.Evidence.Reported;
import dev.offpeak.ledger.report.Usd;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** What the providers have said, beside what the ledger says. */
public final class ProofBook {

  /** A synchronous call that is entered in the first hour of a day may be of the day before. */
  private static final Duration ENTERED_LATER = Duration.ofHours(1);

  private static final String LINES =
      """
      SELECT u.model, u.mode, u.at_hour, j.submitted_at, SUM(u.requests) AS requests,
        SUM(u.input) AS input, SUM(u.cached_input) AS cached_input,
        SUM(u.cache_write) AS cache_write, SUM(u.output) AS output, SUM(u.cost_pico) AS cost_pico
      FROM usage_line u LEFT JOIN job j ON j.batch_id = u.batch_id
      WHERE u.account = :account AND u.on_day >= :first AND u.on_day <= :last
      GROUP BY u.model, u.mode, u.at_hour, j.submitted_at
      """;
  private static final String JOBS =
      """
      SELECT j.batch_id, j.model, j.in_flight, j.submitted_at, j.sealed_at, j.since, j.done,
        COALESCE((SELECT SUM(requests) FROM usage_line u WHERE u.batch_id = j.batch_id), 0) AS booked
      FROM job j WHERE j.account = :account AND j.submitted_at IS NOT NULL AND j.since >= :begin
      """;

  private final LedgerDatabase database;
  private final Clock clock;
  private final Duration settledAfter;

  /**
   * Of that ledger.
   *
   * @param settledAfter when a day is taken for completely reported
   */
  public ProofBook(LedgerDatabase database, Clock clock, Duration settledAfter) {
    this.database = database;
    this.clock = clock;
    this.settledAfter = settledAfter;
  }

  /** Keeps what a provider says of those days, instead of what it said before. */
  void keep(String account, LocalDate first, LocalDate last, Bill bill) {
    OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
    database
        .jdbi()
        .useTransaction(
            handle -> {
              for (String table : List.of("provider_day", "provider_usage", "provider_cost")) {
                handle
                    .createUpdate(
                        "DELETE FROM "
                            + table
                            + " WHERE account = :account AND on_day >= :first AND on_day <= :last")
                    .bind("account", account)
                    .bind("first", first)
                    .bind("last", last)
                    .execute();
              }
              PreparedBatch days =
                  handle.prepareBatch(
                      "INSERT INTO provider_day (account, on_day, read_at) VALUES (?, ?, ?)");
              first.datesUntil(last.plusDays(1)).forEach(day -> days.add(account, day, now));
              days.execute();
              keepRows(handle, account, bill);
            });
  }

  private static void keepRows(Handle handle, String account, Bill bill) {
    if (!bill.usage().isEmpty()) {
      PreparedBatch rows =
          handle.prepareBatch(
              "INSERT INTO provider_usage (account, on_day, model, mode, requests, input,"
                  + " cached_input, cache_write, output) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
      for (Reported of : bill.usage()) {
        Used used = of.used();
        rows.add(
            account,
            of.day(),
            fit(of.what().model()),
            of.what().mode(),
            used.requests(),
            used.input(),
            used.cached(),
            used.written(),
            used.output());
      }
      rows.execute();
    }
    if (!bill.costs().isEmpty()) {
      PreparedBatch rows =
          handle.prepareBatch(
              "INSERT INTO provider_cost (account, on_day, item, amount) VALUES (?, ?, ?, ?)");
      for (Cost of : bill.costs()) {
        BigDecimal usd = of.usd().signum() == 0 ? BigDecimal.ZERO : of.usd();
        rows.add(account, of.day(), fit(of.item()), usd.toString());
      }
      rows.execute();
    }
  }

  private static String fit(String name) {
    String clean = name.replace('\0', '\uFFFD');
    return clean.length() <= 300 ? clean : clean.substring(0, 300);
  }

  /** The days of each account of that time, the newest first. */
  public List<DayProof> days(LocalDate first, LocalDate last) {
    List<DayProof> all = new ArrayList<>();
    LocalDate settled = LocalDate.ofInstant(clock.instant().minus(settledAfter), ZoneOffset.UTC);
    for (String account : accounts()) {
      all.addAll(Proof.of(evidence(account, first, last), settled));
    }
    all.removeIf(DayProof::isEmpty);
    all.sort(Comparator.comparing(DayProof::last).reversed().thenComparing(DayProof::account));
    return List.copyOf(all);
  }

  /** The last days, until today. */
  public List<DayProof> lastDays(int days) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    return days(today.minusDays(days - 1L), today);
  }

  private List<String> accounts() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT account FROM usage_hour UNION SELECT account FROM provider_day"
                            + " ORDER BY account")
                    .mapTo(String.class)
                    .list());
  }

  private Evidence evidence(String account, LocalDate first, LocalDate last) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                new Evidence(
                    account,
                    asked(handle, LINES, account, first, last).map((row, _) -> line(row)).list(),
                    handle
                        .createQuery(JOBS)
                        .bind("account", account)
                        .bind("begin", first.atStartOfDay().atOffset(ZoneOffset.UTC))
                        .map((row, _) -> job(row))
                        .list(),
                    new HashSet<>(
                        asked(handle, "SELECT on_day FROM provider_day" + OF, account, first, last)
                            .mapTo(LocalDate.class)
                            .list()),
                    asked(handle, "SELECT * FROM provider_usage" + OF, account, first, last)
                        .map((row, _) -> reported(row))
                        .list(),
                    asked(handle, "SELECT * FROM provider_cost" + OF, account, first, last)
                        .map((row, _) -> cost(row))
                        .list()));
  }

  private static final String OF =
      " WHERE account = :account AND on_day >= :first AND on_day <= :last";

  private static Query asked(
      Handle handle, String sql, String account, LocalDate first, LocalDate last) {
    return handle.createQuery(sql).bind("account", account).bind("first", first).bind("last", last);
  }

  private static Line line(ResultSet row) throws SQLException {
    What what = new What(row.getString("model"), row.getString("mode"));
    Instant entered = time(row, "at_hour");
    Instant begun = time(row, "submitted_at");
    if (begun == null) {
      begun = entered == null ? Instant.EPOCH : entered.minus(ENTERED_LATER);
    }
    BigDecimal pico = row.getBigDecimal("cost_pico");
    return new Line(
        day(begun), day(entered), what, used(row), pico == null ? null : Usd.ofPico(pico));
  }

  private static Used used(ResultSet row) throws SQLException {
    return new Used(
        row.getLong("requests"),
        row.getLong("input"),
        row.getLong("cached_input"),
        row.getLong("cache_write"),
        row.getLong("output"));
  }

  private static Job job(ResultSet row) throws SQLException {
    return new Job(
        row.getString("batch_id"),
        day(time(row, "submitted_at")),
        day(time(row, "since")),
        new What(row.getString("model"), "batch"),
        !row.getBoolean("in_flight"),
        row.getLong("done"),
        row.getLong("booked"));
  }

  private static Reported reported(ResultSet row) throws SQLException {
    return new Reported(
        row.getObject("on_day", LocalDate.class),
        new What(row.getString("model"), row.getString("mode")),
        used(row));
  }

  private static Cost cost(ResultSet row) throws SQLException {
    return new Cost(
        row.getObject("on_day", LocalDate.class),
        row.getString("item"),
        new BigDecimal(row.getString("amount")));
  }

  private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static LocalDate day(@Nullable Instant time) {
    return LocalDate.ofInstant(time == null ? Instant.EPOCH : time, ZoneOffset.UTC);
  }
}
