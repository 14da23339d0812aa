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
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** One broker, one simulator and the real services between them, with an account a scenario. */
final class World implements AutoCloseable {

  private static final String REGISTRY = "mock://endings";

  private final EmbeddedKafka kafka;
  private final Simulator simulator;
  private final Services services;
  private final FastTime time;
  private final Topics topics = Topics.withPrefix("");
  private final SerdeFactory serdes = SerdeFactory.of(Map.of("schema.registry.url", REGISTRY));
  private final SimulatorDesk desk;
  private final Producer<byte[], byte[]> producer;
  private final Watch watch;

  /**
   * Starts everything; it works when this returns.
   *
   * @param scenarios by the name of their account
   */
  World(Path folder, Map<String, Scene.Part> scenarios) throws Exception {
    kafka =
        EmbeddedKafka.start(
            BrokerOptions.in(folder.resolve("kafka"))
                // Services in fast time write records of a day that has not come yet.
                .with("log.message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE)));
    // At the same moment, so that both have nearly the same time.
    time = new FastTime();
    simulator =
        Simulator.start(
            SimulatorConfig.defaults()
                .withSpeed(FastTime.SPEED)
                .withKeys(keys(scenarios))
                // So that what is left of a line that is cut is the same each time.
                .withGemini(GeminiRules.read("quirks: {key_anywhere: false}")));
    services = Services.start(shared(scenarios), environment(scenarios), folder, time);
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(services.ready()).isTrue());
    desk = new SimulatorDesk(simulator.rootUri());
    KafkaConfig client = KafkaConfig.at(kafka.bootstrapServers());
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

  private String shared(Map<String, Scene.Part> scenarios) {
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
                "  %s: {provider: %s, base-url: \"%s\", api-key: \"env:%s\", limits: {max-requests: %d%s}}\n"
                    .formatted(
                        account,
                        part.provider().id(),
                        part.provider() == Provider.OPENAI
                            ? simulator.baseUri()
                            : simulator.rootUri(),
                        variable(account),
                        part.scenario().requests().size() + part.scenario().room(),
                        part.scenario().window() == null
                            ? ""
                            : ", window: " + part.scenario().window().toSeconds() + "s")));
    return yaml.toString();
  }

  FastTime time() {
    return time;
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
    desk.close();
    services.close();
    simulator.close();
    kafka.close();
    serdes.close();
  }
}
