package dev.offpeak.schemas.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.control.ControlState;
import dev.offpeak.schemas.avro.ControlAction;
import dev.offpeak.schemas.avro.ControlRecord;
import dev.offpeak.schemas.registry.RegistryUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class ControlReaderTest {

  private static final TopicPartition PARTITION = new TopicPartition("llm.control", 0);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final Deque<RuntimeException> troubles = new ArrayDeque<>();
  private final List<String> applied = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();
  private final ControlReader reader =
      new ControlReader(
          consumer,
          (_, value) -> parse(value),
          PARTITION.topic(),
          record -> applied.add(record.getAccount()),
          pauses::add,
          failure -> {
            throw new AssertionError(failure);
          });

  private ControlRecord parse(byte[] value) {
    RuntimeException trouble = troubles.poll();
    if (trouble != null) {
      throw trouble;
    }
    return ControlRecord.newBuilder()
        .setAction(ControlAction.PAUSE)
        .setAccount(new String(value, UTF_8))
        .setIssuedAt(Instant.EPOCH)
        .build();
  }

  private void topicHolds(String... values) {
    fill(consumer, values);
  }

  private static void fill(MockConsumer<byte[], byte[]> consumer, String... values) {
    consumer.updatePartitions(
        PARTITION.topic(),
        List.of(new PartitionInfo(PARTITION.topic(), 0, Node.noNode(), new Node[0], new Node[0])));
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    consumer.updateEndOffsets(Map.of(PARTITION, (long) values.length));
    consumer.schedulePollTask(
        () -> {
          for (int i = 0; i < values.length; i++) {
            consumer.addRecord(
                new ConsumerRecord<>(PARTITION.topic(), 0, i, null, values[i].getBytes(UTF_8)));
          }
        });
  }

  @Test
  void allThereIsIsReadInOrder() throws Exception {
    topicHolds("one", "two");

    reader.catchUp();

    assertThat(applied).containsExactly("one", "two");
    assertThat(pauses).isEmpty();
  }

  @Test
  void aRecordIsNotLostWhileTheRegistryIsAway() throws Exception {
    topicHolds("one", "two");
    troubles.add(new RegistryUnavailable("away", null));
    troubles.add(new RegistryUnavailable("away", null));

    reader.catchUp();

    assertThat(applied).containsExactly("one", "two");
    assertThat(pauses).hasSize(2);
  }

  @Test
  void whatCanNeverBeReadIsLeftOut() throws Exception {
    topicHolds("one", "two");
    troubles.add(new SerializationException("no such schema"));

    reader.catchUp();

    assertThat(applied).containsExactly("two");
    assertThat(pauses).isEmpty();
  }

  @Test
  void aPauseAndALaterResumeOfAllComeToTheSameInWhicheverOrderTheirPartitionsAreRead()
      throws Exception {
    assertThat(isMainPausedAfter("PAUSE main", "RESUME")).isFalse();
    assertThat(isMainPausedAfter("RESUME", "PAUSE main")).isFalse();
  }

  /** The pause is of ten o'clock, the resume of a minute later. */
  private static boolean isMainPausedAfter(String first, String second) throws Exception {
    ControlState state = new ControlState();
    MockConsumer<byte[], byte[]> restarted = new MockConsumer<>("earliest");
    fill(restarted, first, second);
    new ControlReader(
            restarted,
            (_, value) -> control(new String(value, UTF_8)),
            PARTITION.topic(),
            record -> ControlCommands.apply(state, record, record.getIssuedAt()),
            _ -> {},
            failure -> {
              throw new AssertionError(failure);
            })
        .catchUp();
    return state.isPaused("main");
  }

  private static ControlRecord control(String text) {
    Instant ten = Instant.parse("2026-11-24T10:00:00Z");
    return text.equals("RESUME")
        ? ControlRecord.newBuilder()
            .setAction(ControlAction.RESUME)
            .setIssuedAt(ten.plusSeconds(60))
            .build()
        : ControlRecord.newBuilder()
            .setAction(ControlAction.PAUSE)
            .setAccount("main")
            .setIssuedAt(ten)
            .build();
  }
}
