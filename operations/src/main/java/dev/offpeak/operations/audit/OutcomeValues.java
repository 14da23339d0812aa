package dev.offpeak.operations.audit;

import dev.offpeak.operations.outcome.OutcomeLine;
import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.avro.LlmResult;
import dev.offpeak.schemas.serde.SerdeFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads values of llm.results and llm.failures, Avro or JSON ({@code outputs.format}). */
final class OutcomeValues {

  private final Deserializer<LlmResult> results;
  private final Deserializer<LlmFailure> failures;

  OutcomeValues(SerdeFactory serdes) {
    this.results = serdes.deserializer(LlmResult.class);
    this.failures = serdes.deserializer(LlmFailure.class);
  }

  AuditedOutcome result(ConsumerRecord<byte[], byte[]> record) {
    if (OutcomeLine.isOne(record.value())) {
      return outcome(OutcomeLine.read(record.value()));
    }
    LlmResult value = results.deserialize(record.topic(), record.value());
    return new AuditedOutcome(
        value.getTenant(), value.getSourcePartition(), value.getSourceOffset());
  }

  AuditedOutcome failure(ConsumerRecord<byte[], byte[]> record) {
    if (OutcomeLine.isOne(record.value())) {
      return outcome(OutcomeLine.read(record.value()));
    }
    LlmFailure value = failures.deserialize(record.topic(), record.value());
    return new AuditedOutcome(
        value.getTenant(), value.getSourcePartition(), value.getSourceOffset());
  }

  private static AuditedOutcome outcome(OutcomeLine line) {
    return new AuditedOutcome(line.tenant(), line.sourcePartition(), line.sourceOffset());
  }
}
