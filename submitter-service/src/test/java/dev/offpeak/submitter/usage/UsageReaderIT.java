package dev.offpeak.submitter.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.offpeak.runtime.config.KafkaConfig;
import dev.offpeak.runtime.kafka.ClientProperties;
import dev.offpeak.schemas.avro.Tokens;
import dev.offpeak.schemas.avro.UsageMode;
import dev.offpeak.schemas.avro.UsageRecord;
import dev.offpeak.schemas.serde.SerdeFactory;
import dev.offpeak.submitter.ledger.UnprocessableRecords;
import dev.offpeak.submitter.metric.SubmitterMeters;
import dev.offpeak.testkit.broker.TestKafka;
import dev.offpeak.testkit.broker.WithKafka;
import dev.offpeak.testkit.time.Patience;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@WithKafka
class UsageReaderIT {

  @Test
  void tellsWhatBatchesHadFromNowOnAndLeavesOutTheRest(TestKafka kafka) throws Exception {
    String topic = kafka.createTopic("usage", 2);
    List<String> told = new CopyOnWriteArrayList<>();
    List<Throwable> failures = new CopyOnWriteArrayList<>();
    try (SerdeFactory serdes =
            SerdeFactory.of(Map.of("schema.registry.url", "mock://" + kafka.prefix()));
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                kafka.clientProperties(), new ByteArraySerializer(), new ByteArraySerializer())) {
      write(producer, topic, serdes, usage(UsageMode.BATCH, "before", 1));
      UsageReader loop =
          new UsageReader(
              new KafkaConsumer<>(
                  ClientProperties.reader(KafkaConfig.at(kafka.bootstrapServers()), "usage"),
                  new ByteArrayDeserializer(),
                  new ByteArrayDeserializer()),
              serdes.deserializer(UsageRecord.class),
              topic,
              (batch, requests, tokens) -> told.add(batch + " " + requests + " " + tokens),
              new UnprocessableRecords(new SubmitterMeters(new SimpleMeterRegistry())),
              failures::add);

      loop.start();
      write(producer, topic, serdes, usage(UsageMode.SYNC, null, 2));
      producer.send(new ProducerRecord<>(topic, 0, null, new byte[] {1, 2, 3})).get();
      write(producer, topic, serdes, usage(UsageMode.BATCH, "B1", 70));

      await()
          .atMost(Patience.LONG)
          .untilAsserted(() -> assertThat(told).containsExactly("B1 7 70"));
      loop.stop();
      assertThat(failures).isEmpty();
    }
  }

  private static UsageRecord usage(UsageMode mode, @Nullable String batch, long input) {
    return UsageRecord.newBuilder()
        .setRecordedAt(Instant.EPOCH)
        .setTenant("default")
        .setProvider("openai")
        .setAccount("main")
        .setEndpoint("/v1/responses")
        .setModel("gpt")
        .setBatchId(batch)
        .setMode(mode)
        .setRequests(7)
        .setUsage(Tokens.newBuilder().setInput(input).build())
        .build();
  }

  private static void write(
      KafkaProducer<byte[], byte[]> producer, String topic, SerdeFactory serdes, UsageRecord usage)
      throws Exception {
    byte[] value = serdes.serializer(UsageRecord.class).serialize(topic, usage);
    producer.send(new ProducerRecord<>(topic, 0, null, value)).get();
  }
}
