package dev.offpeak.ledger.book;

import dev.offpeak.schemas.avro.SealedBatch;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Why and when each batch of llm.batches was sealed. */
final class BatchShelf extends AvroShelf<SealedBatch, SealedBatch> {

  BatchShelf(String topic, Deserializer<SealedBatch> values) {
    super(topic, values);
  }

  @Override
  public SealedBatch read(ConsumerRecord<byte[], byte[]> record) {
    return value(record);
  }

  @Override
  public void write(Handle handle, Slice slice, List<SealedBatch> batches) {
    Map<String, SealedBatch> last =
        LastOf.replacing(
            handle,
            "sealed_batch",
            "batch_id",
            batches,
            batch -> String.valueOf(Fit.id(batch.getBatchId())));
    PreparedBatch insert =
        handle.prepareBatch(
            "INSERT INTO sealed_batch (batch_id, reason, opened_at, sealed_at, resealed_from,"
                + " lane, requests, bytes)"
                + " VALUES (:id, :reason, :opened, :sealed, :from, :lane, :requests, :bytes)");
    last.forEach(
        (id, batch) ->
            insert
                .bind("id", id)
                .bind("reason", batch.getReason().name().toLowerCase(Locale.ROOT))
                .bind("opened", Fit.at(batch.getOpenedAt()))
                .bind("sealed", Fit.at(batch.getSealedAt()))
                .bind("from", Fit.id(batch.getResealedFrom()))
                .bind("lane", Fit.names(batch.getLane()))
                .bind("requests", batch.getRequests())
                .bind("bytes", batch.getBytes())
                .add());
    insert.execute();
  }
}
