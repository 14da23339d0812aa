package dev.offpeak.results.world;

import dev.offpeak.schemas.avro.AdmittedRequest;
import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.avro.LlmResult;
import dev.offpeak.schemas.avro.UsageRecord;
import dev.offpeak.schemas.serde.SerdeFactory;
import dev.offpeak.schemas.topic.Topics;
import dev.offpeak.testkit.broker.RecordsReader;
import dev.offpeak.testkit.broker.TestKafka;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads what was published, as a reader of committed records sees it. */
public final class Outcomes {

  private final RecordsReader reader;
  private final Topics topics;
  private final SerdeFactory serdes;

  Outcomes(TestKafka kafka, Topics topics, SerdeFactory serdes) {
    this.reader = new RecordsReader(kafka.bootstrapServers());
    this.topics = topics;
    this.serdes = serdes;
  }

  public List<ConsumerRecord<byte[], LlmResult>> results() {
    return read(topics.results().name(), serdes.deserializer(LlmResult.class));
  }

  public List<ConsumerRecord<byte[], LlmFailure>> failures() {
    return read(topics.failures().name(), serdes.deserializer(LlmFailure.class));
  }

  public List<ConsumerRecord<byte[], AdmittedRequest>> retries() {
    return read(topics.retries().name(), serdes.deserializer(AdmittedRequest.class));
  }

  public List<UsageRecord> usage() {
    return read(topics.usage().name(), serdes.deserializer(UsageRecord.class)).stream()
        .map(ConsumerRecord::value)
        .toList();
  }

  /** The custom ids of all outcomes, retries included, each as often as it has one. */
  public List<String> customIds() {
    List<String> ids = new ArrayList<>();
    results().forEach(result -> ids.add(result.value().getCustomId()));
    failures().forEach(failure -> ids.add(failure.value().getCustomId()));
    retries().forEach(retry -> ids.add(retry.value().getCustomId()));
    return ids;
  }

  private <T> List<ConsumerRecord<byte[], T>> read(String topic, Deserializer<T> values) {
    return reader.read(topic, new ByteArrayDeserializer(), values);
  }
}
