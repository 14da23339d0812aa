package dev.offpeak.batcher.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.seal.BatchLimits;
import dev.offpeak.core.seal.Candidate;
import dev.offpeak.core.seal.FileFrame;
import dev.offpeak.core.seal.Manifest;
import dev.offpeak.core.seal.OpenBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class OpenBatchesTest {

  private static final BatchLimits LIMITS =
      new BatchLimits(100_000, 1_000_000, 1_000, 100, 1_000_000, new FileFrame(2, 1, 20));
  private static final Bytes LANE = Bytes.wrap("openai|a|/v1/responses|m".getBytes(UTF_8));
  private static final Bytes OTHER = Bytes.wrap("openai|a|/v1/responses|n".getBytes(UTF_8));

  private final KeyValueStore<Bytes, byte[]> store = Stores.inMemoryKeyValueStore("open").get();

  @Test
  void aBatchIsTheSameAfterItIsReadBackAtAnyMoment() {
    long[] offsets = LongStream.range(0, 2_000).map(i -> i * 3 + i % 2).toArray();
    OpenBatches batches = new OpenBatches(store);
    OpenBatch sums = batches.open(LANE, LIMITS, 77).batch();

    for (int i = 0; i < offsets.length; i++) {
      Candidate request = new Candidate(10 + i % 5, 1, i, 5_000 - i, i);
      if (i % 97 == 0) {
        if (i > 0) {
          batches = new OpenBatches(store);
        }
      }
      batches.append(batches.find(LANE), LIMITS, request, offsets[i]);
      sums = sums.append(LIMITS, request);
    }

    OpenLane restored = new OpenBatches(store).find(LANE);
    assertThat(restored.batch()).isEqualTo(sums);
    assertThat(new OpenBatches(store).close(restored)).isEqualTo(Manifest.of(0, offsets).encode());
  }

  @Test
  void aRequestWritesAFewHundredBytesHoweverLargeItsBatchIs() {
    OpenBatches batches = new OpenBatches(store);
    OpenLane lane = batches.open(LANE, LIMITS, 0);
    for (int i = 0; i < 20_000; i++) {
      batches.append(lane, LIMITS, new Candidate(10, 1, 1, OpenBatch.NO_DEADLINE, 0), i * 1_000L);
    }

    try (var all = store.all()) {
      assertThat(all)
          .toIterable()
          .hasSizeGreaterThan(100)
          .allSatisfy(entry -> assertThat(entry.value).hasSizeLessThan(500));
    }
  }

  @Test
  void whatIsTakenOutLeavesTheBatchAsIfItHadNeverJoined() {
    OpenBatches batches = new OpenBatches(store);
    OpenLane lane = batches.open(LANE, LIMITS, 7);
    OpenBatch sums = lane.batch();
    SortedMap<Long, Candidate> out = new TreeMap<>();
    List<Long> rest = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      // Neighbours and gaps; the oldest and the youngest go.
      long offset = i * 3L + i % 2;
      Candidate request = new Candidate(10 + i % 5, 1 + i % 2, i, OpenBatch.NO_DEADLINE, 5);
      batches.append(lane, LIMITS, request, offset);
      if (i % 3 == 0 || i == 1_999) {
        out.put(offset, request);
      } else {
        rest.add(offset);
        sums = sums.append(LIMITS, request);
      }
    }
    assertThat(batches.offsets(lane)).hasSize(2_000);

    batches.takeOut(lane, LIMITS, out);
    Candidate next = new Candidate(33, 1, 1, OpenBatch.NO_DEADLINE, 5);
    batches.append(batches.find(LANE), LIMITS, next, 9_000);
    rest.add(9_000L);

    OpenBatches restored = new OpenBatches(store);
    long[] left = rest.stream().mapToLong(Long::longValue).toArray();
    assertThat(restored.find(LANE).batch()).isEqualTo(sums.append(LIMITS, next));
    assertThat(restored.offsets(restored.find(LANE))).isEqualTo(left);
    assertThat(restored.close(restored.find(LANE))).isEqualTo(Manifest.of(0, left).encode());
    try (var all = store.all()) {
      assertThat(all).isExhausted();
    }
  }

  @Test
  void lookingAtTheOffsetsChangesNothing() {
    OpenBatches batches = new OpenBatches(store);
    OpenLane lane = batches.open(LANE, LIMITS, 0);
    Candidate request = new Candidate(10, 1, 1, OpenBatch.NO_DEADLINE, 0);
    batches.append(lane, LIMITS, request, 4);

    assertThat(batches.offsets(lane)).containsExactly(4);
    batches.append(lane, LIMITS, request, 5);

    assertThat(batches.close(lane)).isEqualTo(Manifest.of(0, 4, 5).encode());
  }

  @Test
  void aBatchOfWhichNothingIsLeftIsForgotten() {
    OpenBatches batches = new OpenBatches(store);
    OpenLane lane = batches.open(LANE, LIMITS, 0);
    Candidate request = new Candidate(10, 1, 1, OpenBatch.NO_DEADLINE, 0);
    batches.append(lane, LIMITS, request, 4);

    batches.takeOut(lane, LIMITS, new TreeMap<>(Map.of(4L, request)));

    assertThat(batches.find(LANE)).isNull();
    try (var all = store.all()) {
      assertThat(all).isExhausted();
    }
  }

  @Test
  void closingLeavesNothingOfTheLaneAndAllOfTheOthers() {
    OpenBatches batches = new OpenBatches(store);
    for (Bytes lane : new Bytes[] {LANE, OTHER}) {
      OpenLane open = batches.open(lane, LIMITS, 0);
      for (int i = 0; i < 500; i++) {
        batches.append(open, LIMITS, new Candidate(10, 1, 1, 0, 0), i * 2L);
      }
    }

    batches.close(batches.find(LANE));

    assertThat(batches.find(LANE)).isNull();
    OpenBatches restored = new OpenBatches(store);
    assertThat(restored.all()).singleElement().extracting(OpenLane::lane).isEqualTo(OTHER);
    restored.close(restored.find(OTHER));
    try (var all = store.all()) {
      assertThat(all).isExhausted();
    }
  }
}
