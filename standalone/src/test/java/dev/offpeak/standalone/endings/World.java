package dev.offpeak.standalone.endings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.offpeak.core.lane.Provider;
import dev.offpeak.kafka.embedded.BrokerOptions;
import dev.offpeak.kafka.embedded.EmbeddedKafka;
import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.runtime.config.KafkaConfig;
import dev.offpeak.runtime.kafka.ClientProperties;
import dev.offpeak.schemas.serde.SerdeFactory;
import dev.offpeak.schemas.topic.Topics;
import dev.offpeak.simulator.Simulator;
import dev.offpeak.simulator.SimulatorConfig;
import dev.offpeak.simulator.gemini.rules.GeminiRules;
import dev.offpeak.testkit.time.Hand;
import dev.offpeak.testkit.time.MutableClock;
import dev.offpeak.testkit.time.Patience;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** One broker, one simulator and the real services between them, with an account a scenario. */
final class World implements AutoCloseable {

  private static final Duration SHORTEST = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final String REGISTRY = "mock://endings";

  private final EmbeddedKafka kafka;
  private final Simulator simulator;
  private final Services services;
  private final MutableClock time = new MutableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
  private final Hand hand;
  private final Consumer<byte[], byte[]> ends;
  private final Topics topics = Topics.withPrefix("");
  private final SerdeFactory serdes = SerdeFactory.of(Map.of("schema.registry.url", REGISTRY));
  private final SimulatorDesk desk;
  private final Producer<byte[], byte[]> producer;
  private final Watch watch;

  /** Services make theirs when they start. */
  private volatile boolean allTopicsThere;

  /** Of all topics, as the thread that asks knows them. */
  private List<TopicPartition> partitions = List.of();

  /**
   * Starts everything; it works when this returns.
   *
   * @param scenarios by the name of their account
   * @param settings more of each account, in the words of its configuration
   */
  World(Path folder, Map<String, Scene.Part> scenarios, String settings) throws Exception {
    kafka =
        EmbeddedKafka.start(
            BrokerOptions.in(folder.resolve("kafka"))
                // Services in a time of their own write records of a day that has not come yet.
                .with("log.message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE)));
    simulator =
        Simulator.start(
            SimulatorConfig.defaults()
                .withKeys(keys(scenarios))
                // So that what is left of a line that is cut is the same each time.
                .withGemini(GeminiRules.read("quirks: {key_anywhere: false}")),
            time);
    desk = new SimulatorDesk(simulator.rootUri());
    KafkaConfig client = KafkaConfig.at(kafka.bootstrapServers());
    ends =
        new KafkaConsumer<>(
            ClientProperties.reader(client, "endings-ends"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    hand =
        new Hand(
            time,
            SHORTEST,
            LONGEST,
            List.of(this::recordsWritten, desk::calls),
            () -> simulator.clock().advance(Duration.ZERO));
    services = Services.start(shared(scenarios, settings), environment(scenarios), folder, time);
    await()
        .atMost(Patience.LONG)
        .untilAsserted(
            () -> {
              hand.check(Patience.LONG);
              assertThat(services.ready()).isTrue();
            });
    allTopicsThere = true;
    producer =
        new KafkaProducer<>(
            ClientProperties.producer(client, "endings", ByteSize.parse("1MiB")),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    watch =
        new Watch(
            new KafkaConsumer<>(
                ClientProperties.reader(client, "endings-watch"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer()),
            topics,
            serdes);
  }

  /** In all topics, those of the services' own included. */
  private long recordsWritten() {
    if (!allTopicsThere || partitions.isEmpty()) {
      partitions =
          ends.listTopics().values().stream()
              .flatMap(List::stream)
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
    }
    return ends.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
  }

  private static Map<String, String> keys(Map<String, Scene.Part> scenarios) {
    Map<String, String> organizations = new HashMap<>();
    scenarios.keySet().forEach(account -> organizations.put(key(account), account));
    return organizations;
  }

  /** The key of an account; at the simulator its organisation has the account's name. */
  static String key(String account) {
    return "sk-" + account;
  }

  private static Map<String, String> environment(Map<String, Scene.Part> scenarios) {
    Map<String, String> environment = new HashMap<>();
    scenarios.keySet().forEach(account -> environment.put(variable(account), key(account)));
    return environment;
  }

  private static String variable(String account) {
    return "KEY_" + account.replace('-', '_').toUpperCase(Locale.ROOT);
  }

  private String shared(Map<String, Scene.Part> scenarios, String settings) {
    StringBuilder yaml =
        new StringBuilder(
            """
            kafka: {bootstrap-servers: "%s"}
            registry: {url: "%s"}
            topics: {partitions: 2}
            limits: {request-bytes: 1MiB}
            accounts:
            """
                .formatted(kafka.bootstrapServers(), REGISTRY));
    scenarios.forEach(
        (account, part) ->
            yaml.append(
                "  %s: {provider: %s, base-url: \"%s\", api-key: \"env:%s\", limits: {max-requests: %d%s}%s}\n"
                    .formatted(
                        account,
                        part.provider().id(),
                        part.provider().equals(Provider.OPENAI)
                            ? simulator.baseUri()
                            : simulator.rootUri(),
                        variable(account),
                        part.scenario().requests().size() + part.scenario().room(),
                        part.scenario().window() == null
                            ? ""
                            : ", window: " + part.scenario().window().toSeconds() + "s",
                        settings)));
    return yaml.toString();
  }

  /** The services' and the simulator's, which stands still while there is work. */
  Clock time() {
    return time;
  }

  Hand hand() {
    return hand;
  }

  Topics topics() {
    return topics;
  }

  SerdeFactory serdes() {
    return serdes;
  }

  SimulatorDesk desk() {
    return desk;
  }

  Producer<byte[], byte[]> producer() {
    return producer;
  }

  Watch watch() {
    return watch;
  }

  Services services() {
    return services;
  }

  @Override
  public void close() throws IOException {
    watch.close();
    producer.close();
    // Services that stop may wait.
    services.close();
    hand.close();
    ends.close();
    desk.close();
    simulator.close();
    kafka.close();
    serdes.close();
  }
}
