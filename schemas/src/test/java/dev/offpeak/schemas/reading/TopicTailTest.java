package dev.offpeak.schemas.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class TopicTailTest {

  private static final TopicPartition ONE = new TopicPartition("llm.jobs", 0);
  private static final TopicPartition OTHER = new TopicPartition("llm.jobs", 1);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final TopicTail tail = new TopicTail(consumer);
  private final List<String> seen = new ArrayList<>();

  @Test
  void everyPartitionIsReadToItsEndAndOnFromThere() throws Exception {
    begin();
    come(ONE, 0, 1);
    consumer.schedulePollTask(() -> come(OTHER, 0));
    consumer.schedulePollTask(
        () -> {
          come(ONE, 2);
          come(OTHER, 1);
        });

    tail.readTo(Map.of(ONE, 2L, OTHER, 2L), Duration.ofSeconds(1), this::see);
    assertThat(seen).containsExactlyInAnyOrder("0@0", "0@1", "1@0", "1@1");

    assertThat(tail.poll(Duration.ZERO, this::see)).isTrue();
    assertThat(seen).hasSize(5).endsWith("0@2");
  }

  @Test
  void anEndThatNeverComesIsGivenUpAndNamed() {
    begin();
    come(ONE, 0, 1);

    assertThatThrownBy(
            () -> tail.readTo(Map.of(ONE, 2L, OTHER, 1L), Duration.ofSeconds(90), this::see))
        .isInstanceOf(KafkaException.class)
        .hasMessageContaining("nothing came from [llm.jobs-1] for 90 s");
    assertThat(seen).containsExactly("0@0", "0@1");
  }

  @Test
  void whoIsInterruptedWhileHeReadsIsToldSo() {
    begin();
    consumer.schedulePollTask(() -> Thread.currentThread().interrupt());

    assertThatThrownBy(() -> tail.readTo(Map.of(ONE, 2L), Duration.ofSeconds(90), this::see))
        .isInstanceOf(InterruptedException.class)
        .hasMessageContaining("told to stop while reading [llm.jobs-0]");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  private void begin() {
    consumer.updateBeginningOffsets(Map.of(ONE, 0L, OTHER, 0L));
    tail.beginAtTheBeginning(List.of(ONE, OTHER));
  }

  private void come(TopicPartition partition, int... offsets) {
    for (int offset : offsets) {
      consumer.addRecord(
          new ConsumerRecord<>(
              partition.topic(), partition.partition(), offset, new byte[0], new byte[0]));
    }
  }

  private void see(ConsumerRecord<byte[], byte[]> record) {
    seen.add(record.partition() + "@" + record.offset());
  }
}
