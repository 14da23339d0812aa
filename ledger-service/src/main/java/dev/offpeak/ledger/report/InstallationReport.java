package dev.offpeak.ledger.report;

import dev.offpeak.core.control.ControlCommand;
import dev.offpeak.core.control.ControlState;
import dev.offpeak.ledger.database.LedgerDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Accounts, lanes and models, as they stand. */
public final class InstallationReport {

  private static final int MOST = 500;

  private final LedgerDatabase database;

  /** Asks that database. */
  public InstallationReport(LedgerDatabase database) {
    this.database = database;
  }

  /**
   * How much of a provider's quota is used.
   *
   * @param limit in flight at most: the smaller of what is configured and learned; null for none
   */
  public record Quota(
      String scope,
      String account,
      String model,
      String unit,
      long inFlight,
      long waiting,
      @Nullable Long limit,
      boolean learned,
      int refusals,
      @Nullable Instant pausedUntil) {}

  /**
   * A lane: requests that may share a batch.
   *
   * @param because how many batches were sealed for which reason
   */
  public record Lane(
      String id,
      long batches,
      long requests,
      long waiting,
      long flying,
      Instant last,
      Map<String, Long> because) {}

  /** A model that was asked, and of whom. */
  public record Model(
      String provider,
      String name,
      long requests,
      long unpriced,
      long unpricedTokens,
      LocalDate last) {}

  /** Quotas of the scopes that have jobs, or have taught something. */
  public List<Quota> quotas() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT s.scope AS scope,
                          COALESCE(q.account, j.account) AS account,
                          COALESCE(q.model, j.model) AS model, COALESCE(q.unit, 'tokens') AS unit,
                          q.configured_limit, q.learned_limit, COALESCE(q.refusals, 0) AS refusals,
                          q.paused_until, q.bytes_per_token,
                          COALESCE(j.flying_requests, 0) AS flying_requests,
                          COALESCE(j.flying_tokens, 0) AS flying_tokens,
                          COALESCE(j.flying_bytes, 0) AS flying_bytes,
                          COALESCE(j.waiting_requests, 0) AS waiting_requests,
                          COALESCE(j.waiting_tokens, 0) AS waiting_tokens,
                          COALESCE(j.waiting_bytes, 0) AS waiting_bytes
                        FROM (SELECT scope FROM quota UNION
                          SELECT scope FROM job WHERE in_flight AND scope <> '') s
                        LEFT JOIN quota q ON q.scope = s.scope
                        LEFT JOIN (
                          SELECT scope, MAX(account) AS account, MAX(model) AS model,
                            SUM(CASE WHEN state = 'sealed' THEN 0 ELSE requests END) AS flying_requests,
                            SUM(CASE WHEN state = 'sealed' THEN 0 ELSE estimated_tokens END) AS flying_tokens,
                            SUM(CASE WHEN state = 'sealed' THEN 0 ELSE bytes END) AS flying_bytes,
                            SUM(CASE WHEN state = 'sealed' THEN requests ELSE 0 END) AS waiting_requests,
                            SUM(CASE WHEN state = 'sealed' THEN estimated_tokens ELSE 0 END) AS waiting_tokens,
                            SUM(CASE WHEN state = 'sealed' THEN bytes ELSE 0 END) AS waiting_bytes
                          FROM job WHERE in_flight AND scope <> '' GROUP BY scope) j
                        ON j.scope = s.scope ORDER BY s.scope
                        """)
                    .map((row, _) -> quota(row))
                    .list());
  }

  private static Quota quota(ResultSet row) throws SQLException {
    String unit = row.getString("unit");
    Long configured = Columns.number(row, "configured_limit");
    Long learned = Columns.number(row, "learned_limit");
    boolean fromLessons = learned != null && (configured == null || learned < configured);
    return new Quota(
        row.getString("scope"),
        row.getString("account"),
        row.getString("model"),
        unit,
        sized(row, "flying", unit),
        sized(row, "waiting", unit),
        fromLessons ? learned : configured,
        fromLessons,
        row.getInt("refusals"),
        Columns.time(row, "paused_until"));
  }

  /** As the submitter counts: tokens by what providers have reported of bytes, if they have. */
  private static long sized(ResultSet row, String which, String unit) throws SQLException {
    if (unit.equals("requests")) {
      return row.getLong(which + "_requests");
    }
    double ratio = row.getDouble("bytes_per_token");
    return ratio > 0
        ? Math.round(row.getLong(which + "_bytes") / ratio)
        : row.getLong(which + "_tokens");
  }

  /** Lanes with a batch since then, the last one first. */
  public List<Lane> lanes(Instant since) {
    return database
        .jdbi()
        .withHandle(
            handle -> {
              Map<String, Map<String, Long>> because = because(handle, since);
              return handle
                  .createQuery(
                      """
                      SELECT b.lane, COUNT(*) AS batches, SUM(b.requests) AS requests,
                        MAX(b.sealed_at) AS last,
                        SUM(CASE WHEN j.in_flight AND j.state = 'sealed' THEN 1 ELSE 0 END) AS waiting,
                        SUM(CASE WHEN j.in_flight AND j.state <> 'sealed' THEN 1 ELSE 0 END) AS flying
                      FROM sealed_batch b LEFT JOIN job j ON j.batch_id = b.batch_id
                      WHERE b.sealed_at >= :since AND b.lane <> ''
                      GROUP BY b.lane ORDER BY MAX(b.sealed_at) DESC, b.lane
                      FETCH FIRST :most ROWS ONLY
                      """)
                  .bind("since", since.atOffset(ZoneOffset.UTC))
                  .bind("most", MOST)
                  .map(
                      (row, _) ->
                          new Lane(
                              row.getString("lane"),
                              row.getLong("batches"),
                              row.getLong("requests"),
                              row.getLong("waiting"),
                              row.getLong("flying"),
                              Columns.required(row, "last"),
                              because.getOrDefault(row.getString("lane"), Map.of())))
                  .list();
            });
  }

  private static Map<String, Map<String, Long>> because(Handle handle, Instant since) {
    Map<String, Map<String, Long>> because = new TreeMap<>();
    handle
        .createQuery(
            "SELECT lane, reason, COUNT(*) FROM sealed_batch WHERE sealed_at >= :since"
                + " GROUP BY lane, reason")
        .bind("since", since.atOffset(ZoneOffset.UTC))
        .map(
            (row, _) ->
                because
                    .computeIfAbsent(row.getString(1), _ -> new TreeMap<>())
                    .put(row.getString(2), row.getLong(3)))
        .list();
    return because;
  }

  /** Accounts that had a job or taught something, and until when each is avoided, if it is. */
  public Map<String, @Nullable Instant> accounts() {
    ControlState control = new ControlState();
    Map<String, @Nullable Instant> accounts = new TreeMap<>();
    database
        .jdbi()
        .useHandle(
            handle -> {
              handle
                  .createQuery("SELECT account, word, issued_at, valid_until FROM account_word")
                  .map((row, _) -> command(row))
                  .forEach(control::apply);
              handle
                  .createQuery(
                      "SELECT account FROM job GROUP BY account UNION SELECT account FROM quota"
                          + " UNION SELECT account FROM account_word WHERE account <> ''")
                  .mapTo(String.class)
                  .forEach(account -> accounts.put(account, control.avoidedUntil(account)));
            });
    return accounts;
  }

  private static ControlCommand command(ResultSet row) throws SQLException {
    Instant at = Columns.required(row, "issued_at");
    String account = row.getString("account").isEmpty() ? null : row.getString("account");
    return switch (row.getString("word")) {
      case "pause" -> new ControlCommand.Pause(account, at);
      case "resume" -> new ControlCommand.Resume(account, at);
      default ->
          new ControlCommand.Notice(String.valueOf(account), Columns.time(row, "valid_until"), at);
    };
  }

  /** Models that were asked, the most first. */
  public List<Model> models() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT provider, model, SUM(requests) AS requests,
                          SUM(unpriced_requests) AS unpriced, SUM(unpriced_tokens) AS tokens,
                          MAX(on_day) AS last
                        FROM usage_day GROUP BY provider, model
                        ORDER BY SUM(requests) DESC, provider, model FETCH FIRST :most ROWS ONLY
                        """)
                    .bind("most", MOST)
                    .map(
                        (row, _) ->
                            new Model(
                                row.getString("provider"),
                                row.getString("model"),
                                row.getLong("requests"),
                                row.getLong("unpriced"),
                                row.getLong("tokens"),
                                row.getObject("last", LocalDate.class)))
                    .list());
  }
}
