package dev.offpeak.ledger.report;

import dev.offpeak.ledger.database.LedgerDatabase;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;

/** Jobs, as they stand. */
public final class JobReport {

  private static final String JOBS =
      """
      SELECT j.*, b.reason, b.opened_at, b.resealed_from,
        (SELECT SUM(cost_pico) FROM usage_line u WHERE u.batch_id = j.batch_id) AS cost_pico,
        (SELECT SUM(sync_cost_pico) FROM usage_line u WHERE u.batch_id = j.batch_id) AS sync_cost_pico,
        (SELECT SUM(requests) FROM usage_line u WHERE u.batch_id = j.batch_id AND cost_pico IS NULL)
          AS unpriced
      FROM job j LEFT JOIN sealed_batch b ON b.batch_id = j.batch_id
      """;

  private final LedgerDatabase database;

  /**
   * What an account has to do.
   *
   * @param atProvider jobs that have not ended there
   * @param waiting batches that were not submitted yet
   * @param waitingCost ≈ of their requests, in USD
   */
  public record Load(long atProvider, long waiting, long waitingRequests, BigDecimal waitingCost) {}

  /** Which jobs are meant. */
  public enum Which {
    /** Those that have not ended. */
    IN_FLIGHT("j.in_flight"),
    /** Those that have. */
    ENDED("NOT j.in_flight"),
    /** Those that wait for somebody, or failed. */
    TROUBLED("j.problem IS NOT NULL"),
    /** Each. */
    ALL("TRUE");

    private final String condition;

    Which(String condition) {
      this.condition = condition;
    }
  }

  /** Asks that database. */
  public JobReport(LedgerDatabase database) {
    this.database = database;
  }

  /**
   * Jobs, the newest first.
   *
   * @param account of which; empty is each
   */
  public List<Job> list(Which which, String account, int most, int skipped) {
    // Those of the page first: what each cost is looked up for no other.
    String sql =
        JOBS
            + " WHERE j.batch_id IN (SELECT batch_id FROM (SELECT j.batch_id FROM job j WHERE "
            + which.condition
            + (account.isEmpty() ? "" : " AND j.account = :account")
            + " ORDER BY j.since DESC, j.batch_id DESC"
            + " OFFSET :skipped ROWS FETCH FIRST :most ROWS ONLY) page)"
            + " ORDER BY j.since DESC, j.batch_id DESC";
    return database
        .jdbi()
        .withHandle(
            handle -> {
              Query query = handle.createQuery(sql).bind("most", most).bind("skipped", skipped);
              if (!account.isEmpty()) {
                query.bind("account", account);
              }
              return query.map((row, _) -> job(row)).list();
            });
  }

  /** The job of a batch. */
  public Optional<Job> ofBatch(String batchId) {
    return one(JOBS + " WHERE j.batch_id = :id", batchId);
  }

  /** The job that the provider calls so. */
  public Optional<Job> ofProvider(String jobId) {
    return one(JOBS + " WHERE j.provider_job_id = :id ORDER BY j.since DESC", jobId);
  }

  private Optional<Job> one(String sql, String id) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle.createQuery(sql).bind("id", id).map((row, _) -> job(row)).stream()
                    .findFirst());
  }

  /** How many are in each state. */
  public Map<String, Long> byState() {
    Map<String, Long> states = new LinkedHashMap<>();
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT state, COUNT(*) FROM job GROUP BY state ORDER BY COUNT(*) DESC,"
                            + " state")
                    .map((row, _) -> states.put(row.getString(1), row.getLong(2)))
                    .list());
    return states;
  }

  /**
   * What jobs in flight will cost, by what a request of the same model has cost so far. An
   * estimate; models that nothing is known of add nothing.
   */
  public BigDecimal expectedCost() {
    BigDecimal pico =
        database
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            """
                            SELECT COALESCE(SUM(j.requests * m.cost / m.requests), 0) FROM
                              (SELECT model, SUM(requests) AS requests FROM job WHERE in_flight
                                GROUP BY model) j
                              JOIN (SELECT model, SUM(cost_pico) AS cost,
                                SUM(requests - unpriced_requests) AS requests FROM usage_day
                                WHERE mode = 'batch' GROUP BY model) m
                              ON m.model = j.model AND m.requests > 0
                            """)
                        .mapTo(BigDecimal.class)
                        .one());
    return Usd.ofPico(pico);
  }

  /** What an account has to do now. */
  public Load ofAccount(String account) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT COALESCE(SUM(j.flying), 0) AS flying, COALESCE(SUM(j.waiting), 0) AS waiting,
                          COALESCE(SUM(j.requests), 0) AS requests,
                          COALESCE(SUM(j.requests * m.cost / m.requests), 0) AS cost
                        FROM (SELECT model,
                            SUM(CASE WHEN state = 'sealed' THEN 0 ELSE 1 END) AS flying,
                            SUM(CASE WHEN state = 'sealed' THEN 1 ELSE 0 END) AS waiting,
                            SUM(CASE WHEN state = 'sealed' THEN requests ELSE 0 END) AS requests
                          FROM job WHERE in_flight AND account = :account GROUP BY model) j
                        LEFT JOIN (SELECT model, SUM(cost_pico) AS cost,
                            SUM(requests - unpriced_requests) AS requests FROM usage_day
                          WHERE mode = 'batch' GROUP BY model) m
                        ON m.model = j.model AND m.requests > 0
                        """)
                    .bind("account", account)
                    .map(
                        (row, _) ->
                            new Load(
                                row.getLong("flying"),
                                row.getLong("waiting"),
                                row.getLong("requests"),
                                Usd.ofPico(row.getBigDecimal("cost"))))
                    .one());
  }

  private static Job job(ResultSet row) throws SQLException {
    return new Job(
        row.getString("batch_id"),
        row.getString("account"),
        row.getString("endpoint"),
        row.getString("model"),
        row.getLong("requests"),
        row.getLong("bytes"),
        row.getString("state"),
        row.getBoolean("in_flight"),
        Columns.required(row, "since"),
        Columns.required(row, "sealed_at"),
        Columns.time(row, "submitted_at"),
        Columns.time(row, "expires_at"),
        Columns.time(row, "waits_until"),
        row.getString("input_file_id"),
        row.getString("provider_job_id"),
        row.getString("provider_status"),
        row.getLong("done"),
        row.getLong("failed"),
        row.getString("problem"),
        row.getString("reason"),
        Columns.time(row, "opened_at"),
        row.getString("resealed_from"),
        Columns.usd(row, "cost_pico"),
        Columns.usd(row, "sync_cost_pico"),
        row.getLong("unpriced"));
  }
}
