package dev.offpeak.standalone.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.offpeak.batcher.BatcherConfig;
import dev.offpeak.batcher.BatcherModule;
import dev.offpeak.kafka.embedded.BrokerOptions;
import dev.offpeak.kafka.embedded.EmbeddedKafka;
import dev.offpeak.provider.account.ProviderProfiles;
import dev.offpeak.provider.adapter.BuiltInProviders;
import dev.offpeak.results.ResultsConfig;
import dev.offpeak.results.ResultsModule;
import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.runtime.config.KafkaConfig;
import dev.offpeak.runtime.config.load.ConfigLoader;
import dev.offpeak.runtime.health.Health;
import dev.offpeak.runtime.kafka.ClientProperties;
import dev.offpeak.runtime.lifecycle.Service;
import dev.offpeak.runtime.lifecycle.ServiceContext;
import dev.offpeak.schemas.avro.LlmResult;
import dev.offpeak.schemas.serde.SerdeFactory;
import dev.offpeak.schemas.topic.Topics;
import dev.offpeak.submitter.SubmitterConfig;
import dev.offpeak.submitter.SubmitterModule;
import dev.offpeak.testkit.time.Patience;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A new provider is one class and an entry in the list: the services know no more of it. */
@Timeout(300)
class ToyProviderIT {

  private static final String REGISTRY = "mock://toy";
  private static final ProviderProfiles WITH_TOY = BuiltInProviders.PROFILES.with(new ToyProfile());

  private static final String SETTINGS =
      """
      kafka: {bootstrap-servers: "%s"}
      registry: {url: "%s"}
      topics: {partitions: 1}
      accounts:
        toys: {provider: toy, api-key: "env:TOY_KEY"}
      """;

  @TempDir private Path folder;

  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final ServiceContext context =
      ServiceContext.ofSystem(new Health(), new SimpleMeterRegistry(), failures::add);

  @Test
  void aRequestGoesThroughBatcherSubmitterAndResults() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(BrokerOptions.in(folder.resolve("kafka")));
        SerdeFactory serdes = SerdeFactory.of(Map.of("schema.registry.url", REGISTRY))) {
      String shared = SETTINGS.formatted(kafka.bootstrapServers(), REGISTRY);
      Deque<Service> services = new ArrayDeque<>();
      try {
        services.push(batcher(shared));
        services.push(submitter(shared));
        services.push(results(shared));
        for (Service each : services) {
          each.start();
        }
        KafkaConfig client = KafkaConfig.at(kafka.bootstrapServers());
        send(client, "one", "two", "three");

        List<LlmResult> answers = answers(client, serdes, 3);

        assertThat(answers)
            .extracting(LlmResult::getCustomId)
            .containsExactlyInAnyOrder("one", "two", "three");
        assertThat(answers)
            .allSatisfy(
                answer -> {
                  assertThat(answer.getProvider()).isEqualTo("toy");
                  assertThat(answer.getEndpoint()).isEqualTo("/v7/echo");
                  assertThat(UTF_8.decode(answer.getBody().duplicate()).toString())
                      .isEqualTo("{\"echo\":{\"model\":\"any\",\"say\":1}}");
                  assertThat(answer.getUsage().getOutput()).isEqualTo(4);
                });
        assertThat(
                answers.stream()
                    .collect(Collectors.groupingBy(LlmResult::getBatchId, Collectors.counting()))
                    .values())
            .as("its limit is two requests in a batch")
            .allMatch(requests -> requests <= 2);
      } finally {
        services.forEach(Service::close);
      }
    }
    assertThat(failures).isEmpty();
  }

  private Service batcher(String shared) throws Exception {
    String own =
        "batching: {linger: 200ms, check-every: 50ms}\nstreams: {state-dir: %s, threads: 1,"
            + " commit-interval: 50ms}\n";
    return BatcherModule.create(
        load(BatcherConfig.class, shared + own.formatted(folder)), context, WITH_TOY);
  }

  private Service submitter(String shared) throws Exception {
    String own = "group: {handover: 1s}\npolling: {shortest: 1s, longest: 2s}\n";
    return SubmitterModule.create(load(SubmitterConfig.class, shared + own), context, WITH_TOY);
  }

  private Service results(String shared) throws Exception {
    String own = "downloads: {folder: %s}\n".formatted(folder);
    return ResultsModule.create(load(ResultsConfig.class, shared + own), context, WITH_TOY);
  }

  private <T extends Record> T load(Class<T> config, String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve(config.getSimpleName() + ".yaml"), yaml);
    return ConfigLoader.load(config, file, Map.of("TOY_KEY", "toy-key-0123456789"));
  }

  private static void send(KafkaConfig kafka, String... ids) {
    try (var producer =
        new KafkaProducer<>(
            ClientProperties.producer(kafka, "toy-requests", ByteSize.parse("1MiB")),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (String id : ids) {
        String line =
            "{\"custom_id\":\"%s\",\"method\":\"POST\",\"url\":\"/v7/echo\",\"body\":{\"model\":\"any\",\"say\":1}}"
                .formatted(id);
        producer.send(
            new ProducerRecord<>(
                Topics.withPrefix("").requests().name(), id.getBytes(UTF_8), line.getBytes(UTF_8)));
      }
    }
  }

  private static List<LlmResult> answers(KafkaConfig kafka, SerdeFactory serdes, int count) {
    String topic = Topics.withPrefix("").results().name();
    List<LlmResult> found = new ArrayList<>();
    try (Consumer<byte[], byte[]> reader =
        new KafkaConsumer<>(
            ClientProperties.reader(kafka, "toy-results"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      TopicPartition only = new TopicPartition(topic, 0);
      reader.assign(List.of(only));
      reader.seekToBeginning(List.of(only));
      await()
          .atMost(Patience.LONG)
          .untilAsserted(
              () -> {
                reader
                    .poll(Duration.ofMillis(200))
                    .forEach(
                        record ->
                            found.add(
                                serdes
                                    .deserializer(LlmResult.class)
                                    .deserialize(topic, record.headers(), record.value())));
                assertThat(found).hasSize(count);
              });
    }
    return found;
  }
}
