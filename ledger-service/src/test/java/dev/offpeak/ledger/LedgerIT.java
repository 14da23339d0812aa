package dev.offpeak.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.offpeak.core.wait.Sleeper;
import dev.offpeak.ledger.book.Records;
import dev.offpeak.ledger.command.UsageCommand;
import dev.offpeak.ledger.command.VerifyCommand;
import dev.offpeak.ledger.database.LedgerDatabase;
import dev.offpeak.operations.cluster.CommandEnvironment;
import dev.offpeak.runtime.config.load.ConfigLoader;
import dev.offpeak.schemas.avro.UsageRecord;
import dev.offpeak.schemas.serde.SerdeFactory;
import dev.offpeak.schemas.topic.Topics;
import dev.offpeak.testkit.broker.TestKafka;
import dev.offpeak.testkit.broker.WithKafka;
import dev.offpeak.testkit.time.Patience;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The service against a broker: killed, started again, and verified. */
@WithKafka
class LedgerIT {

  private static final int PARTITIONS = 2;

  @TempDir Path folder;
  private Topics topics = Topics.withPrefix("");
  private String registry = "";
  private TestKafka kafka = new TestKafka("", "");

  @BeforeEach
  void make(TestKafka broker) {
    kafka = broker;
    topics = Topics.withPrefix(kafka.prefix());
    registry = "mock://" + kafka.prefix() + "ledger";
    kafka.createTopics(
        List.of(
                topics.usage(),
                topics.jobs(),
                topics.batches(),
                topics.results(),
                topics.failures())
            .stream()
            .map(topic -> new NewTopic(topic.name(), PARTITIONS, (short) 1))
            .toList());
  }

  @Test
  void everyRecordIsInTheSumsOnceOverRestartsAndWhatIsNotIsFound() throws Exception {
    write(40, true);
    write(5, false);
    try (LedgerService ledger = started()) {
      await().atMost(Patience.LONG).untilAsserted(() -> assertThat(isUpToDate(ledger)).isTrue());
      assertThat(verify(ledger)).startsWith("0 the same sums: 1, 40.00000000004 USD");
    }
    write(30, true);
    try (LedgerService ledger = started()) {
      await()
          .atMost(Patience.LONG)
          .untilAsserted(
              () ->
                  assertThat(run(UsageCommand.commandLine(here()), "--json"))
                      .contains("\"requests\":700"));
      await()
          .atMost(Patience.LONG)
          .untilAsserted(() -> assertThat(verify(ledger)).contains(" 70.00000000007 USD"));
      assertThat(verify(ledger)).startsWith("0 the same sums");
    }
    try (LedgerDatabase behindItsBack = LedgerDatabase.inFolder(folder)) {
      behindItsBack
          .jdbi()
          .useTransaction(
              handle -> {
                handle.execute("UPDATE usage_line SET requests = requests * 2");
                handle.execute("UPDATE usage_hour SET requests = requests * 2");
              });
    }
    try (LedgerService ledger = started()) {
      assertThat(verify(ledger))
          .startsWith("1 not the same sums")
          .contains("ledger\t2026-11-24\topenai\tgpt-4o-mini\tbatch\t1400\t")
          .contains("topic\t2026-11-24\topenai\tgpt-4o-mini\tbatch\t700\t");
    }
  }

  private static boolean isUpToDate(LedgerService ledger) {
    return ledger.standing().behind() == 0 && ledger.standing().upToDate() != null;
  }

  private LedgerService started() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("ledger.yaml"),
            """
            kafka: {bootstrap-servers: "%s"}
            registry: {url: "%s"}
            topics: {prefix: "%s"}
            database: {url: "file:%s"}
            console: {port: 0}
            """
                .formatted(kafka.bootstrapServers(), registry, kafka.prefix(), folder));
    LedgerConfig config = ConfigLoader.load(LedgerConfig.class, file, Map.of());
    LedgerService service = LedgerModule.create(config, Clock.systemUTC(), Sleeper.system());
    service.start();
    return service;
  }

  /** Each record of its own, so that offsets have gaps of markers between them. */
  private void write(int records, boolean committed) throws Exception {
    Map<String, Object> properties = new HashMap<>(kafka.clientProperties());
    properties.put("transactional.id", kafka.prefix() + "usage");
    try (SerdeFactory serdes = SerdeFactory.of(Map.of("schema.registry.url", registry));
        Producer<byte[], byte[]> producer =
            new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      UsageRecord record = Records.usage("search", "gpt-4o-mini").build();
      byte[] value = serdes.serializer(UsageRecord.class).serialize(topics.usage().name(), record);
      for (int i = 0; i < records; i++) {
        producer.beginTransaction();
        producer
            .send(new ProducerRecord<>(topics.usage().name(), i % PARTITIONS, new byte[0], value))
            .get();
        if (committed) {
          producer.commitTransaction();
        } else {
          producer.abortTransaction();
        }
      }
    }
  }

  private String verify(LedgerService ledger) {
    CommandLine verify = new CommandLine(new VerifyCommand(here()));
    return run(verify, "--console", "http://127.0.0.1:" + ledger.port());
  }

  private CommandEnvironment here() {
    return new CommandEnvironment(List.of(), Map.of(), folder);
  }

  /** Its exit code, and what it printed. */
  private String run(CommandLine command, String... more) {
    StringWriter out = new StringWriter();
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--bootstrap-servers",
                kafka.bootstrapServers(),
                "--registry",
                registry,
                "--prefix",
                kafka.prefix()));
    arguments.addAll(List.of(more));
    int code = command.setOut(new PrintWriter(out, true)).execute(arguments.toArray(String[]::new));
    return code + " " + out;
  }
}
