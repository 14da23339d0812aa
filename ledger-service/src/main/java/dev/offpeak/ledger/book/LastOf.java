package dev.offpeak.ledger.book;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Tables that have one row for each batch or scope, made of its last record. */
final class LastOf {

  private LastOf() {}

  /**
   * Deletes the rows of these.
   *
   * @param column of the table, which tells rows apart
   * @param key what stands in that column
   * @return the last record of each, by that column, to be inserted
   */
  static <R> Map<String, R> replacing(
      Handle handle, String table, String column, List<R> records, Function<R, String> key) {
    Map<String, R> last = new LinkedHashMap<>();
    records.forEach(record -> last.put(key.apply(record), record));
    PreparedBatch old = handle.prepareBatch("DELETE FROM " + table + " WHERE " + column + " = :id");
    last.keySet().forEach(id -> old.bind("id", id).add());
    old.execute();
    return last;
  }
}
