package dev.offpeak.ingest.budget;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.ingest.auth.Spender;
import dev.offpeak.schemas.avro.BudgetHold;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** llm.budgets. All in one partition: their order decides who gets the rest of a budget. */
final class KafkaHolds implements HoldTopic {

  private static final Logger LOGGER = LoggerFactory.getLogger(KafkaHolds.class);
  private static final int PARTITION = 0;

  private final String topic;
  private final Producer<byte[], byte[]> producer;
  private final Serializer<BudgetHold> values;

  KafkaHolds(String topic, Producer<byte[], byte[]> producer, Serializer<BudgetHold> values) {
    this.topic = topic;
    this.producer = producer;
    this.values = values;
  }

  static Hold of(BudgetHold record) {
    return new Hold(
        record.getId(),
        new Spender(record.getTenant(), record.getKey(), record.getTeam(), record.getFeature()),
        record.getPicoUsd(),
        record.getHeldAt(),
        record.getExpiresAt());
  }

  @Override
  public void write(Hold hold, Consumer<Exception> onFailure) {
    Spender spender = hold.spender();
    BudgetHold record =
        BudgetHold.newBuilder()
            .setId(hold.id())
            .setTenant(spender.tenant())
            .setKey(spender.key())
            .setTeam(spender.team())
            .setFeature(spender.feature())
            .setPicoUsd(hold.amount())
            .setHeldAt(hold.at())
            .setExpiresAt(hold.expires())
            .build();
    send(hold.id(), values.serialize(topic, record), onFailure);
  }

  @Override
  public void delete(String id) {
    send(id, null, e -> LOGGER.atWarn().setCause(e).log("money was not given back yet"));
  }

  private void send(String id, byte @Nullable [] value, Consumer<Exception> onFailure) {
    try {
      var _ =
          producer.send(
              new ProducerRecord<>(topic, PARTITION, id.getBytes(UTF_8), value),
              (_, failure) -> {
                if (failure != null) {
                  onFailure.accept(failure);
                }
              });
    } catch (RuntimeException e) {
      onFailure.accept(e);
    }
  }
}
