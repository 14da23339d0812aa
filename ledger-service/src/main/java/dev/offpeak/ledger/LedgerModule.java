package dev.offpeak.ledger;

import dev.offpeak.core.wait.Sleeper;
import dev.offpeak.ledger.book.Book;
import dev.offpeak.ledger.console.ConsoleServer;
import dev.offpeak.ledger.console.Pages;
import dev.offpeak.ledger.database.LedgerDatabase;
import dev.offpeak.ledger.follow.Follower;
import dev.offpeak.ledger.proof.BillFetcher;
import dev.offpeak.ledger.proof.ProofBook;
import dev.offpeak.operations.cluster.ClusterConfig;
import dev.offpeak.runtime.health.CheckResult;
import dev.offpeak.runtime.kafka.ClientProperties;
import dev.offpeak.runtime.lifecycle.ServiceContext;
import dev.offpeak.schemas.serde.SerdeFactory;
import dev.offpeak.schemas.topic.Topics;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Wires the ledger-service: the one place where its parts are put together. */
public final class LedgerModule {

  private static final String CLIENT_ID = "offpeak-ledger";

  private LedgerModule() {}

  /** The service, not started. */
  public static LedgerService create(LedgerConfig config, ServiceContext context) {
    LedgerService service = create(config, context.clock(), context.sleeper());
    // Nobody waits for the ledger, so that what holds it up is noted and stops nobody.
    context
        .health()
        .addReadiness(
            "ledger",
            () -> CheckResult.noted(Objects.requireNonNullElse(service.standing().problem(), "")));
    return service;
  }

  static LedgerService create(LedgerConfig config, Clock clock, Sleeper sleeper) {
    Topics topics = Topics.withPrefix(config.topics().prefix());
    LedgerDatabase database = LedgerDatabase.open(config.database());
    SerdeFactory serdes = SerdeFactory.of(config.registry().serdeProperties());
    Follower follower =
        new Follower(
            consumer(config),
            Book.of(database, topics, serdes, config.outcomes().kept()),
            config.outcomes().retention(),
            clock,
            sleeper);
    ProofBook bills = new ProofBook(database, clock, config.proof().settledAfter());
    Pages pages =
        new Pages(
            database,
            topics.usage().name(),
            follower::standing,
            bills,
            config.console().actions() ? new ClusterDesk(cluster(config)) : null,
            new TopicAnswers(() -> consumer(config), topics, serdes, clock),
            clock);
    return new LedgerService(
        database,
        serdes,
        follower,
        new BillFetcher(config.proof(), bills, clock, sleeper),
        new ConsoleServer(config.console(), pages));
  }

  private static ClusterConfig cluster(LedgerConfig config) {
    return new ClusterConfig(config.kafka(), config.registry(), config.topics());
  }

  private static Consumer<byte[], byte[]> consumer(LedgerConfig config) {
    Map<String, Object> properties = ClientProperties.reader(config.kafka(), CLIENT_ID);
    // Where it stands is in the database: a place that is gone is said, and not passed over.
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
