package dev.offpeak.schemas.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.offpeak.testkit.time.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class PositionReaderTest {

  private static final TopicPartition LANES = new TopicPartition("llm.lanes", 0);
  private static final int FETCH_BYTES = 1_000;

  private final List<Long> seeks = new ArrayList<>();
  private final SeekingConsumer consumer = new SeekingConsumer();
  private final MutableClock clock = MutableClock.at("2026-11-24T12:00:00Z");

  @Test
  void oneThatStandsBehindWholeFetchesIsSoughtAndNeighboursAreReadOver() {
    PositionReader<byte[]> reader = reader();
    come(100, 0, 5);
    assertThat(reader.read(0)).isNotNull();
    consumer.schedulePollTask(() -> come(100, 10));
    assertThat(reader.read(10)).isNotNull();
    consumer.schedulePollTask(() -> come(100, 500));

    assertThat(reader.read(500)).isNotNull();

    assertThat(seeks).containsExactly(0L, 500L);
  }

  @Test
  void whatTheLogGoesOnWithoutIsNullAndItSaysWhereTheLogGoesOn() {
    PositionReader<byte[]> reader = reader();
    come(100, 0, 7);

    assertThat(reader.read(3)).isNull();

    assertThat(reader.next()).isEqualTo(7);
    assertThat(reader.gaveUp()).isFalse();
    assertThat(reader.read(7)).isNotNull();
  }

  @Test
  void silenceHasAnEndThatIsAFailure() {
    PositionReader<byte[]> reader = reader();

    assertThatThrownBy(() -> reader.read(3))
        .isInstanceOf(PositionReader.NothingCame.class)
        .hasMessage("nothing came from offset 3 for PT0.03S");
  }

  private PositionReader<byte[]> reader() {
    consumer.updateBeginningOffsets(Map.of(LANES, 0L));
    return new PositionReader<>(
        consumer, LANES, FETCH_BYTES, clock, PositionReader.Silence.lasting(Duration.ofMillis(30)));
  }

  private void come(int bytes, int... offsets) {
    for (int offset : offsets) {
      consumer.addRecord(
          new ConsumerRecord<>(
              LANES.topic(),
              0,
              offset,
              0,
              TimestampType.CREATE_TIME,
              0,
              bytes,
              new byte[0],
              new byte[bytes],
              new RecordHeaders(),
              Optional.empty()));
    }
  }

  /** Notes where it is sent. */
  private final class SeekingConsumer extends MockConsumer<byte[], byte[]> {

    SeekingConsumer() {
      super("earliest");
    }

    @Override
    public synchronized void seek(TopicPartition partition, long offset) {
      super.seek(partition, offset);
      seeks.add(offset);
    }
  }
}
