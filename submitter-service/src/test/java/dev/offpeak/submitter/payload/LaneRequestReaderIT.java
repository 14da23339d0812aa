package dev.offpeak.submitter.payload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.seal.Manifest;
import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.runtime.config.KafkaConfig;
import dev.offpeak.runtime.kafka.ClientProperties;
import dev.offpeak.testkit.broker.TestKafka;
import dev.offpeak.testkit.broker.WithKafka;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;
import org.junit.jupiter.api.Test;

@WithKafka
class LaneRequestReaderIT {

  private static final int TRANSACTIONS = 40;
  private static final int RECORDS = 10;
  private static final int BODY_BYTES = 10_000;
  private static final PayloadSettings SETTINGS =
      new PayloadSettings(ByteSize.parse("100KB"), ByteSize.parse("1MB"), Duration.ofSeconds(60));

  @Test
  void otherLanesRecordsThatMakeWholeFetchesAreNotRead(TestKafka kafka) throws Exception {
    try (LaneTopic topic = LaneTopic.create(kafka);
        Consumer<byte[], ByteBuffer> consumer = consumer(kafka)) {
      List<Long> firsts = new ArrayList<>();
      for (int i = 0; i < TRANSACTIONS; i++) {
        firsts.add(topic.commit(bodies(i)));
      }
      Manifest manifest =
          Manifest.of(0, firsts.getFirst(), firsts.getFirst() + 2, firsts.getLast());
      List<Long> seen = new ArrayList<>();

      new LaneRequestReader(topic.name(), consumer, SETTINGS, Clock.systemUTC())
          .read(manifest, (offset, _) -> seen.add(offset));

      assertThat(seen).containsExactlyElementsOf(manifest.offsets().boxed().toList());
      assertThat(fetchedBytes(consumer))
          .isBetween(2.0 * BODY_BYTES, TRANSACTIONS * RECORDS * BODY_BYTES / 4.0);
    }
  }

  /** Bodies that do not compress. */
  private static String[] bodies(int transaction) {
    return IntStream.range(0, RECORDS)
        .mapToObj(
            n ->
                new Random(transaction * RECORDS + n)
                    .ints(BODY_BYTES, 'a', 'z')
                    .collect(
                        StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append))
        .map(text -> "{\"text\":\"" + text + "\"}")
        .toArray(String[]::new);
  }

  private static double fetchedBytes(Consumer<?, ?> consumer) {
    return consumer.metrics().values().stream()
        .filter(metric -> metric.metricName().name().equals("bytes-consumed-total"))
        .filter(metric -> !metric.metricName().tags().containsKey("topic"))
        .mapToDouble(metric -> (double) metric.metricValue())
        .sum();
  }

  private static Consumer<byte[], ByteBuffer> consumer(TestKafka kafka) {
    Map<String, Object> properties =
        ClientProperties.reader(KafkaConfig.at(kafka.bootstrapServers()), kafka.name("reader"));
    properties.put("max.partition.fetch.bytes", SETTINGS.fetchBytes().toIntSaturated());
    properties.put("max.poll.records", 16);
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteBufferDeserializer());
  }
}
