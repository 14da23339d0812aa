package dev.offpeak.ledger.book;

import dev.offpeak.core.text.Visible;
import dev.offpeak.ledger.database.LedgerDatabase;
import java.util.List;

/** Records that were none of their topic's, and are in no sum. */
public final class Unreadable {

  private Unreadable() {}

  /** A sentence of each, by place; the first thousand. */
  public static List<String> of(LedgerDatabase database) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT topic, part, place, reason FROM unreadable"
                            + " ORDER BY topic, part, place FETCH FIRST 1000 ROWS ONLY")
                    .map(
                        (row, _) ->
                            row.getString("topic")
                                + "-"
                                + row.getInt("part")
                                + "@"
                                + row.getLong("place")
                                + ": "
                                + Visible.of(row.getString("reason")))
                    .list());
  }
}
