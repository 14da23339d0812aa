package dev.offpeak.ledger.book;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Failures counted by day: what pages ask for. There are few kinds of them in a slice. Each
 * partition has rows of its own, so that none waits for another.
 */
final class FailureDays {

  private static final String ADD =
      """
      UPDATE failure_day SET many = many + :many WHERE part = :part AND on_day = :day AND code = :code AND kind = :kind
        AND retryable = :retryable AND account = :account AND model = :model
      """;
  private static final String BEGIN =
      """
      INSERT INTO failure_day (part, on_day, code, kind, retryable, account, model, many)
      VALUES (:part, :day, :code, :kind, :retryable, :account, :model, :many)
      """;

  private FailureDays() {}

  private record Key(
      LocalDate day, String code, String kind, boolean retryable, String account, String model) {

    static Key of(Outcome of) {
      return new Key(
          LocalDate.ofInstant(Fit.time(of.at()), ZoneOffset.UTC),
          Fit.name(of.code()),
          of.kind() == null ? "" : Fit.word(of.kind()),
          Boolean.TRUE.equals(of.retryable()),
          Fit.name(of.account()),
          Fit.name(of.model()));
    }
  }

  /** Adds these, in the transaction of the handle, which holds the partition's place. */
  static void add(Handle handle, int part, List<Outcome> failures) {
    Map<Key, Long> counts =
        failures.stream()
            .map(Key::of)
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    counts.forEach(
        (key, many) -> {
          if (write(handle, ADD, part, key, many) == 0) {
            write(handle, BEGIN, part, key, many);
          }
        });
  }

  private static int write(Handle handle, String sql, int part, Key key, long many) {
    return handle
        .createUpdate(sql)
        .bind("part", part)
        .bind("day", key.day())
        .bind("code", key.code())
        .bind("kind", key.kind())
        .bind("retryable", key.retryable())
        .bind("account", key.account())
        .bind("model", key.model())
        .bind("many", many)
        .execute();
  }
}
