package dev.offpeak.ingest.budget;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.core.wait.Sleeper;
import dev.offpeak.ingest.auth.Budget;
import dev.offpeak.ingest.auth.Window;
import dev.offpeak.ingest.objects.Batches;
import dev.offpeak.ingest.objects.ObjectKey;
import dev.offpeak.ingest.objects.ObjectStore;
import dev.offpeak.schemas.avro.BudgetHold;
import dev.offpeak.schemas.avro.GatewayBatch;
import dev.offpeak.schemas.avro.UsageRecord;
import dev.offpeak.schemas.serde.SerdeFactory;
import dev.offpeak.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps budgets by what is read of llm.usage and llm.budgets. */
public final class BudgetBook implements AutoCloseable {

  private static final Logger LOGGER = LoggerFactory.getLogger(BudgetBook.class);
  private static final Duration SWEEP = Duration.ofSeconds(1);

  private final String usageTopic;
  private final String holdTopic;
  private final Deserializer<UsageRecord> usages;
  private final Deserializer<BudgetHold> holds;
  private final Budgets budgets;
  private final Clock clock;
  private final Thread sweeper =
      Thread.ofPlatform().name("gateway-budgets").daemon().unstarted(this::run);

  private BudgetBook(
      Topics topics,
      Deserializer<UsageRecord> usages,
      Deserializer<BudgetHold> holds,
      Budgets budgets,
      Clock clock) {
    this.usageTopic = topics.usage().name();
    this.holdTopic = topics.budgets().name();
    this.usages = usages;
    this.holds = holds;
    this.budgets = budgets;
    this.clock = clock;
  }

  /**
   * One that knows nothing yet.
   *
   * @param producer the caller's to close, after this
   * @param objects know how far batches are
   */
  public static BudgetBook create(
      List<Budget> configured,
      Topics topics,
      SerdeFactory serdes,
      Producer<byte[], byte[]> producer,
      ObjectStore objects,
      Clock clock) {
    var topic =
        new KafkaHolds(topics.budgets().name(), producer, serdes.serializer(BudgetHold.class));
    String gateway = UUID.randomUUID().toString();
    return new BudgetBook(
        topics,
        serdes.deserializer(UsageRecord.class),
        serdes.deserializer(BudgetHold.class),
        new Budgets(configured, topic, gateway, hold -> open(objects, hold), clock),
        clock);
  }

  private static double open(ObjectStore objects, Hold hold) {
    return objects
        .known(new ObjectKey(hold.spender().tenant(), hold.id()))
        .filter(object -> object.getObject() instanceof GatewayBatch)
        .map(object -> open((GatewayBatch) object.getObject()))
        .orElse(-1.0);
  }

  private static double open(GatewayBatch batch) {
    if (Batches.isOver(batch)) {
      return 0;
    }
    double lines = Math.max(1, batch.getLines());
    return Math.clamp((lines - batch.getCompleted() - batch.getFailed()) / lines, 0, 1);
  }

  /** What is to be read, and since when. */
  public Map<String, Instant> topics() {
    Instant month = Window.MONTH.begin(clock.instant()).atStartOfDay().toInstant(ZoneOffset.UTC);
    return Map.of(usageTopic, month, holdTopic, Instant.EPOCH);
  }

  /** A record of one of these was read. */
  public void read(ConsumerRecord<byte[], byte[]> record) {
    byte[] value = record.value();
    if (record.topic().equals(holdTopic)) {
      String id = new String(record.key(), UTF_8);
      budgets.held(id, value == null ? null : KafkaHolds.of(holds.deserialize(holdTopic, value)));
    } else if (value != null) {
      budgets.used(usages.deserialize(usageTopic, value));
    }
  }

  /** All has been read that there was. */
  public void opened() {
    budgets.opened();
    sweeper.start();
  }

  /** What may be spent. */
  public Budgets budgets() {
    return budgets;
  }

  private void run() {
    try {
      while (true) {
        Sleeper.system().sleep(SWEEP);
        budgets.sweep();
      }
    } catch (InterruptedException e) {
      LOGGER.atDebug().log("budgets are kept no longer");
    }
  }

  @Override
  public void close() {
    sweeper.interrupt();
    budgets.close();
  }
}
