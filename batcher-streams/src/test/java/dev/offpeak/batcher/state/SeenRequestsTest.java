package dev.offpeak.batcher.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.batcher.state.SeenRequests.Asked;
import dev.offpeak.batcher.state.SeenRequests.Seen;
import dev.offpeak.core.control.ControlCommand.CancelRequests;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SeenRequestsTest {

  private static final Bytes ID = Bytes.wrap("id".getBytes(UTF_8));

  private final KeyValueStore<Bytes, byte[]> store = Stores.inMemoryKeyValueStore("seen").get();
  private final SeenRequests seen = new SeenRequests(store, Duration.ofMillis(100));

  @Test
  void theFirstRequestOfTheWindowIsRemembered() {
    Seen first = seen(1, 10, 1_000);

    assertThat(seen.see(ID, first)).isNull();
    assertThat(seen.see(ID, seen(2, 11, 1_099))).isEqualTo(first);
    assertThat(seen.see(ID, seen(3, 12, 1_099))).isEqualTo(first);
  }

  @Test
  void afterTheWindowARequestIsNewAgainSweptOrNot() {
    seen.see(ID, seen(1, 10, 1_000));

    assertThat(seen.see(ID, seen(2, 11, 1_100))).isNull();
    assertThat(seen.see(ID, seen(3, 12, 1_150))).isEqualTo(seen(2, 11, 1_100));
  }

  @Test
  void sweepsDropWhatIsOverAFewAtATimeAndKeepTheRest() {
    for (int i = 0; i < 10; i++) {
      seen.see(Bytes.wrap(new byte[] {(byte) i}), seen(0, i, i < 5 ? 0 : 1_000));
    }

    seen.sweep(1_000, 4);
    assertThat(count()).isEqualTo(6);
    seen.sweep(1_000, 4);
    assertThat(count()).isEqualTo(5);
    // Comes to the end, and begins anew.
    seen.sweep(1_000, 4);
    seen.sweep(1_100, 4);
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void aCustomIdIsFoundUnderEveryReplayIdAndAttemptAndNothingElseIs() {
    remember("a", "t", "", "x", 1, 10);
    remember("a", "t", "", "x", 2, 11);
    remember("a", "t", "", "xx", 1, 12);
    remember("a", "t", "r1", "w", 1, 13);
    remember("a", "t", "r1", "x", 1, 14);
    remember("a", "t", "r22", "y", 1, 15);
    remember("a", "tt", "", "x", 1, 16);
    remember("a", "s", "", "x", 1, 17);
    remember("b", "t", "", "x", 1, 18);
    List<Long> offsets = new ArrayList<>();

    seen.forEachOf(lane("a"), cancel(null, "x"), each -> offsets.add(each.offset()));

    assertThat(offsets).containsExactly(10L, 11L, 14L);
  }

  @Test
  void aReplayIsFoundInOneLaneAndNoOtherThatBeginsLikeIt() {
    remember("a", "t", "", "x", 1, 10);
    remember("a", "t", "r", "x", 1, 11);
    remember("a", "t", "r", "y", 2, 12);
    remember("a", "t", "rr", "x", 1, 13);
    remember("a", "s", "r", "x", 1, 14);
    List<Long> offsets = new ArrayList<>();

    seen.forEachOf(lane("a"), cancel("r", null), each -> offsets.add(each.offset()));
    seen.forEachOf(lane("a"), cancel("r", "y"), each -> offsets.add(each.offset()));

    assertThat(offsets).containsExactly(11L, 12L, 12L);
  }

  private static CancelRequests cancel(@Nullable String replayId, @Nullable String customId) {
    return new CancelRequests("t", replayId, customId, Instant.EPOCH);
  }

  @Test
  void aTenantIsFoundInOneLaneWithWhatItsRequestsAdd() {
    remember("a", "t", "", "x", 1, 10);
    remember("a", "t", "r", "y", 1, 11);
    remember("a", "tt", "", "x", 1, 12);
    remember("b", "t", "", "x", 1, 13);
    List<Seen> found = new ArrayList<>();

    seen.forEachOf(lane("a"), cancel(null, null), found::add);

    assertThat(found).containsExactly(seen(7, 10, 5), seen(7, 11, 5));
  }

  @Test
  void whatAnEarlierReleaseRememberedIsReadWithoutWhatItAdds() {
    store.put(ID, ByteBuffer.allocate(24).putLong(1).putLong(10).putLong(1_000).array());

    assertThat(seen.see(ID, seen(2, 11, 1_050))).isEqualTo(new Seen(1, 10, 1_000, null));
  }

  private void remember(
      String lane, String tenant, String replayId, String customId, int attempt, long offset) {
    byte[] id =
        ByteBuffer.allocate(200)
            .put(text(lane))
            .put(text(tenant))
            .put(text(replayId))
            .put(text(customId))
            .putInt(attempt)
            .array();
    int length = 12 + (lane + tenant + replayId + customId).length();
    seen.see(Bytes.wrap(Arrays.copyOf(id, length)), seen(7, offset, 5));
  }

  private static byte[] text(String text) {
    return ByteBuffer.allocate(2 + text.length())
        .putShort((short) text.length())
        .put(text.getBytes(UTF_8))
        .array();
  }

  private static Bytes lane(String id) {
    return Bytes.wrap(id.getBytes(UTF_8));
  }

  private static Seen seen(long bodyHash, long offset, long seenAt) {
    return new Seen(bodyHash, offset, seenAt, new Asked(40, 1, 9, seenAt - 1));
  }

  private long count() {
    return store.approximateNumEntries();
  }
}
