package dev.offpeak.ledger.book;

import dev.offpeak.operations.outcome.OutcomeLine;
import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.avro.LlmResult;
import dev.offpeak.schemas.serde.SerdeFactory;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Each record of llm.results or of llm.failures a row, without its body. */
final class OutcomeShelf implements Shelf<Outcome> {

  private static final String INSERT =
      """
      INSERT INTO outcome (failed, part, place, at_time, admitted_at, custom_id, tenant, team, feature,
        account, model, batch_id, provider_job_id, mode, attempt, code, kind, retryable, message,
        input, output, cost_pico, sync_cost_pico, source_part, source_place)
      VALUES (:failed, :part, :place, :at, :admitted, :customId, :tenant, :team, :feature,
        :account, :model, :batch, :job, :mode, :attempt, :code, :kind, :retryable, :message,
        :input, :output, :cost, :sync, :sourcePart, :sourcePlace)
      """;

  private final String topic;
  private final boolean failed;
  private final BiFunction<Long, byte[], Outcome> avro;

  private OutcomeShelf(String topic, boolean failed, BiFunction<Long, byte[], Outcome> avro) {
    this.topic = topic;
    this.failed = failed;
    this.avro = avro;
  }

  static OutcomeShelf ofResults(String topic, SerdeFactory serdes) {
    Deserializer<LlmResult> values = serdes.deserializer(LlmResult.class);
    return new OutcomeShelf(
        topic, false, (place, value) -> Outcome.of(place, values.deserialize(topic, value)));
  }

  static OutcomeShelf ofFailures(String topic, SerdeFactory serdes) {
    Deserializer<LlmFailure> values = serdes.deserializer(LlmFailure.class);
    return new OutcomeShelf(
        topic, true, (place, value) -> Outcome.of(place, values.deserialize(topic, value)));
  }

  @Override
  public String topic() {
    return topic;
  }

  @Override
  public Outcome read(ConsumerRecord<byte[], byte[]> record) {
    return OutcomeLine.isOne(record.value())
        ? Outcome.of(record.offset(), failed, OutcomeLine.read(record.value()))
        : avro.apply(record.offset(), record.value());
  }

  @Override
  public void write(Handle handle, Slice slice, List<Outcome> outcomes) {
    PreparedBatch batch = handle.prepareBatch(INSERT);
    outcomes.forEach(outcome -> bind(batch, slice.partition().partition(), outcome));
    batch.execute();
    if (failed) {
      FailureDays.add(handle, slice.partition().partition(), outcomes);
    }
  }

  private void bind(PreparedBatch batch, int part, Outcome of) {
    batch
        .bind("failed", failed)
        .bind("part", part)
        .bind("place", of.place())
        .bind("at", Fit.at(of.at()))
        .bind("admitted", Fit.at(of.admittedAt()))
        .bind("customId", Fit.customId(of.customId()))
        .bind("tenant", Fit.name(of.tenant()))
        .bind("team", Fit.name(of.labels().get("team")))
        .bind("feature", Fit.name(of.labels().get("feature")))
        .bind("account", Fit.name(of.account()))
        .bind("model", Fit.name(of.model()))
        .bind("batch", Fit.id(of.batchId()))
        .bind("job", Fit.nameOrNull(of.providerJobId()))
        .bind("mode", Fit.word(of.mode()))
        .bind("attempt", of.attempt())
        .bind("code", Fit.nameOrNull(of.code()))
        .bind("kind", Fit.wordOrNull(of.kind()))
        .bind("retryable", of.retryable())
        .bind("message", Fit.words(of.message()))
        .bind("input", of.input())
        .bind("output", of.output())
        .bind("cost", of.costPico())
        .bind("sync", of.syncCostPico())
        .bind("sourcePart", of.sourcePart())
        .bind("sourcePlace", of.sourcePlace())
        .add();
  }
}
