package dev.offpeak.ledger.book;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Tables that have one row for each batch, made of its last record. */
final class LastOfBatch {

  private LastOfBatch() {}

  /**
   * Deletes the rows of these batches.
   *
   * @param table has the batch in its column {@code batch_id}
   * @return the last record of each batch, by that column, to be inserted
   */
  static <R> Map<String, R> replacing(
      Handle handle, String table, List<R> records, Function<R, String> batchId) {
    Map<String, R> last = new LinkedHashMap<>();
    records.forEach(record -> last.put(String.valueOf(Fit.id(batchId.apply(record))), record));
    PreparedBatch old = handle.prepareBatch("DELETE FROM " + table + " WHERE batch_id = :id");
    last.keySet().forEach(id -> old.bind("id", id).add());
    old.execute();
    return last;
  }
}
