package dev.offpeak.testkit.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@WithKafka
class WithKafkaIT {

  private String prefixAtSetUp = "";

  @BeforeEach
  void setUp(TestKafka kafka) {
    prefixAtSetUp = kafka.prefix();
  }

  @RepeatedTest(2)
  void testsOfTheSameNamesDoNotSeeEachOther(TestKafka kafka) {
    // Given
    var topic = kafka.createTopic("letters", 2);
    var config = new HashMap<>(kafka.clientProperties());
    config.put("transactional.id", kafka.name("writer"));
    try (var producer =
        new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
      producer.initTransactions();

      // When
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, 0, "k", "first"));
      producer.send(new ProducerRecord<>(topic, 1, "k", "second"));
      producer.commitTransaction();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, 1, "k", "given up"));
      producer.flush();
      producer.abortTransaction();
    }

    // Then
    await()
        .untilAsserted(
            () ->
                assertThat(kafka.read(topic))
                    .extracting(record -> new String(record.value(), StandardCharsets.UTF_8))
                    .containsExactlyInAnyOrder("first", "second"));
  }

  @Test
  void setUpAndTestShareOnePrefix(TestKafka kafka) {
    assertThat(kafka.prefix()).isNotEmpty().isEqualTo(prefixAtSetUp);
  }
}
