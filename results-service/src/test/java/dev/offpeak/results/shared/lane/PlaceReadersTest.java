package dev.offpeak.results.shared.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.offpeak.results.world.LogConsumer;
import dev.offpeak.results.world.LogConsumer.Log;
import dev.offpeak.schemas.reading.PositionReader;
import dev.offpeak.testkit.time.MutableClock;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlaceReadersTest {

  private static final TopicPartition LANES = new TopicPartition("llm.lanes", 0);

  private final Log log = new Log();
  private final MutableClock clock = MutableClock.at("2026-11-24T12:00:00Z");
  private final ShortPartitions missing = new ShortPartitions(Duration.ofMinutes(10), clock);

  @Test
  void readsOverNeighboursAndWideGaps() {
    for (long offset = 100; offset < 20_000; offset++) {
      add(offset);
    }

    try (PositionReader<byte[]> reader = reader()) {
      for (long offset : new long[] {100, 101, 105, 2_000, 2_001, 19_000, 19_999}) {
        assertThat(offset(reader.read(offset))).isEqualTo(offset);
      }
    }
  }

  @Test
  void whatExpiredOrNeverWasIsNull() {
    add(50);
    add(52);
    add(60);

    try (PositionReader<byte[]> reader = reader()) {
      assertThat(reader.read(10)).isNull();
      assertThat(reader.read(49)).isNull();
      assertThat(offset(reader.read(50))).isEqualTo(50);
      assertThat(reader.read(51)).isNull();
      assertThat(offset(reader.read(52))).isEqualTo(52);
      assertThat(reader.read(55)).isNull();
      assertThat(offset(reader.read(60))).isEqualTo(60);
    }
  }

  @Test
  void whatIsBehindTheEndIsNotTakenForExpired() {
    add(50);

    try (PositionReader<byte[]> reader = reader()) {
      assertThatThrownBy(() -> reader.read(51))
          .isInstanceOf(KafkaException.class)
          .hasMessageContaining("it ends at 51 now");
    }
  }

  @Test
  void whatIsBehindTheEndForLongWasNeverThere() {
    add(50);

    try (PositionReader<byte[]> reader = reader()) {
      assertThatThrownBy(() -> reader.read(51)).isInstanceOf(KafkaException.class);
      clock.advance(Duration.ofMinutes(9));
      assertThatThrownBy(() -> reader.read(70)).isInstanceOf(KafkaException.class);
      clock.advance(Duration.ofMinutes(1));
      assertThat(reader.read(70)).isNull();
      assertThat(reader.gaveUp()).isTrue();
    }
  }

  @Test
  void anEndThatHasCaughtUpIsWaitedForAnew() {
    add(50);
    try (PositionReader<byte[]> reader = reader()) {
      assertThatThrownBy(() -> reader.read(51)).isInstanceOf(KafkaException.class);
    }
    add(51);
    clock.advance(Duration.ofHours(1));

    try (PositionReader<byte[]> reader = reader()) {
      assertThat(offset(reader.read(51))).isEqualTo(51);
      assertThatThrownBy(() -> reader.read(52)).isInstanceOf(KafkaException.class);
    }
  }

  @Test
  void aPlaceThatNeverWasIsTheFaultOfWhoeverNamesIt() {
    PlaceReaders places = new PlaceReaders(() -> new LogConsumer(log), missing);
    assertThatThrownBy(() -> places.read(LANES, 1L << 50)).isInstanceOf(KafkaException.class);
    clock.advance(Duration.ofMinutes(10));

    assertThatThrownBy(() -> places.read(LANES, 1L << 50))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("has never been there");
  }

  private void add(long offset) {
    log.add(new ConsumerRecord<>(LANES.topic(), 0, offset, new byte[0], new byte[0]));
  }

  private PositionReader<byte[]> reader() {
    return new PlaceReaders(() -> new LogConsumer(log), missing).open(LANES);
  }

  private static long offset(@Nullable ConsumerRecord<byte[], byte[]> record) {
    assertThat(record).isNotNull();
    return record.offset();
  }
}
