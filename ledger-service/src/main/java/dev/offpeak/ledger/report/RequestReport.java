package dev.offpeak.ledger.report;

import dev.offpeak.ledger.database.LedgerDatabase;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Single requests, as far as they are kept. */
public final class RequestReport {

  private static final String ALL = "SELECT * FROM outcome WHERE ";
  private static final String NEWEST =
      " ORDER BY at_time DESC, part, place DESC FETCH FIRST :most ROWS ONLY";

  private final LedgerDatabase database;

  /**
   * Failures with the same code.
   *
   * @param kind who can do something about it
   * @param retryable whether sending them again may succeed
   */
  public record Failures(
      String code, String kind, boolean retryable, String account, String model, long count) {}

  /**
   * What sending failures again would be.
   *
   * @param requests how many
   * @param wouldFail of these, how many would fail again by their code
   * @param cost ≈ in USD, by what a request of the same model has cost so far
   */
  public record Again(long requests, long wouldFail, BigDecimal cost) {}

  /** Asks that database. */
  public RequestReport(LedgerDatabase database) {
    this.database = database;
  }

  /** Failures by code, account and model, the most first. */
  public List<Failures> failures() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT code, kind, retryable, account, model, SUM(many) AS many FROM"
                            + " failure_day GROUP BY code, kind, retryable, account, model"
                            + " ORDER BY SUM(many) DESC, code, account, model FETCH FIRST 200 ROWS"
                            + " ONLY")
                    .map(
                        (row, _) ->
                            new Failures(
                                row.getString("code"),
                                row.getString("kind"),
                                row.getBoolean("retryable"),
                                row.getString("account"),
                                row.getString("model"),
                                row.getLong("many")))
                    .list());
  }

  /**
   * What it would be to send failures again that are kept.
   *
   * @param code of which; empty for all that may succeed
   */
  public Again again(String code) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT COALESCE(SUM(f.many), 0) AS many, COALESCE(SUM(f.vain), 0) AS vain,
                          COALESCE(SUM(f.many * m.cost / m.requests), 0) AS cost
                        FROM (SELECT model, SUM(many) AS many,
                            SUM(CASE WHEN retryable THEN 0 ELSE many END) AS vain
                          FROM failure_day WHERE (code = :code OR (:code = '' AND retryable))
                          GROUP BY model) f
                        LEFT JOIN (SELECT model, SUM(cost_pico) AS cost,
                            SUM(requests - unpriced_requests) AS requests FROM usage_day
                          WHERE mode = 'batch' GROUP BY model) m
                        ON m.model = f.model AND m.requests > 0
                        """)
                    .bind("code", code)
                    .map(
                        (row, _) ->
                            new Again(
                                row.getLong("many"),
                                row.getLong("vain"),
                                Usd.ofPico(row.getBigDecimal("cost"))))
                    .one());
  }

  /** How many failed since then and may succeed when they are sent again. */
  public long worthSendingAgain(Instant since) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT COALESCE(SUM(many), 0) FROM failure_day WHERE retryable AND"
                            + " on_day >= :since")
                    .bind("since", LocalDate.ofInstant(since, ZoneOffset.UTC))
                    .mapTo(Long.class)
                    .one());
  }

  /** Requests that failed with that code, the newest first. */
  public List<Request> withCode(String code, int most) {
    return list("failed AND code = :what", code, most);
  }

  /** What became of a custom id, the newest first: of each tenant, and of each time it was sent. */
  public List<Request> withCustomId(String customId, int most) {
    return list("custom_id = :what", customId, most);
  }

  /** Requests of a batch that failed. */
  public List<Request> failedOfBatch(String batchId, int most) {
    return list("failed AND batch_id = :what", batchId, most);
  }

  /** The outcome at a place. */
  public Optional<Request> at(boolean failed, int part, long place) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(ALL + "failed = :failed AND part = :part AND place = :place")
                    .bind("failed", failed)
                    .bind("part", part)
                    .bind("place", place)
                    .map((row, _) -> request(row))
                    .findFirst());
  }

  private List<Request> list(String condition, String what, int most) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(ALL + condition + NEWEST)
                    .bind("what", what)
                    .bind("most", most)
                    .map((row, _) -> request(row))
                    .list());
  }

  private static Request request(ResultSet row) throws SQLException {
    return new Request(
        row.getBoolean("failed"),
        row.getInt("part"),
        row.getLong("place"),
        Columns.required(row, "at_time"),
        Columns.time(row, "admitted_at"),
        row.getString("custom_id"),
        row.getString("tenant"),
        row.getString("team"),
        row.getString("feature"),
        row.getString("account"),
        row.getString("model"),
        row.getString("batch_id"),
        row.getString("mode"),
        row.getInt("attempt"),
        row.getString("code"),
        row.getString("kind"),
        row.getObject("retryable", Boolean.class),
        row.getString("message"),
        Columns.number(row, "input"),
        Columns.number(row, "output"),
        Columns.usd(row, "cost_pico"),
        Columns.usd(row, "sync_cost_pico"),
        row.getInt("source_part"),
        row.getLong("source_place"));
  }
}
