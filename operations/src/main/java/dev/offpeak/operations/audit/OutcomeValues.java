package dev.offpeak.operations.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.avro.LlmResult;
import dev.offpeak.schemas.serde.SerdeFactory;
import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads values of llm.results and llm.failures, Avro or JSON ({@code outputs.format}). */
final class OutcomeValues {

  private static final JsonFactory JSON = new JsonFactory();

  private final Deserializer<LlmResult> results;
  private final Deserializer<LlmFailure> failures;

  OutcomeValues(SerdeFactory serdes) {
    this.results = serdes.deserializer(LlmResult.class);
    this.failures = serdes.deserializer(LlmFailure.class);
  }

  Outcome result(ConsumerRecord<byte[], byte[]> record) {
    if (isJson(record)) {
      return readJson(record);
    }
    LlmResult value = results.deserialize(record.topic(), record.value());
    return new Outcome(value.getTenant(), value.getSourcePartition(), value.getSourceOffset());
  }

  Outcome failure(ConsumerRecord<byte[], byte[]> record) {
    if (isJson(record)) {
      return readJson(record);
    }
    LlmFailure value = failures.deserialize(record.topic(), record.value());
    return new Outcome(value.getTenant(), value.getSourcePartition(), value.getSourceOffset());
  }

  private static boolean isJson(ConsumerRecord<byte[], byte[]> record) {
    return record.value().length > 0 && record.value()[0] == '{';
  }

  private static Outcome readJson(ConsumerRecord<byte[], byte[]> record) {
    try (JsonParser json = JSON.createParser(record.value())) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean ours = json.currentName().equals("offpeak");
        json.nextToken();
        if (ours) {
          return readOffpeak(json);
        }
        json.skipChildren();
      }
    } catch (IOException e) {
      throw new SerializationException(place(record) + " is no JSON", e);
    }
    throw new SerializationException(place(record) + " is no outcome: it has no member offpeak");
  }

  private static Outcome readOffpeak(JsonParser json) throws IOException {
    String tenant = "";
    int partition = -1;
    long offset = -1;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "tenant" -> tenant = json.getText();
        case "source_partition" -> partition = json.getIntValue();
        case "source_offset" -> offset = json.getLongValue();
        default -> json.skipChildren();
      }
    }
    return new Outcome(tenant, partition, offset);
  }

  private static String place(ConsumerRecord<byte[], byte[]> record) {
    return record.topic() + "-" + record.partition() + "@" + record.offset();
  }
}
