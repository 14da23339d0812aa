package dev.offpeak.batcher.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.batcher.state.SeenRequests.Seen;
import java.time.Duration;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class SeenRequestsTest {

  private static final Bytes ID = Bytes.wrap("id".getBytes(UTF_8));

  private final KeyValueStore<Bytes, byte[]> store = Stores.inMemoryKeyValueStore("seen").get();
  private final SeenRequests seen = new SeenRequests(store, Duration.ofMillis(100));

  @Test
  void theFirstRequestOfTheWindowIsRemembered() {
    Seen first = new Seen(1, 10, 1_000);

    assertThat(seen.see(ID, first)).isNull();
    assertThat(seen.see(ID, new Seen(2, 11, 1_099))).isEqualTo(first);
    assertThat(seen.see(ID, new Seen(3, 12, 1_099))).isEqualTo(first);
  }

  @Test
  void afterTheWindowARequestIsNewAgainSweptOrNot() {
    seen.see(ID, new Seen(1, 10, 1_000));

    assertThat(seen.see(ID, new Seen(2, 11, 1_100))).isNull();
    assertThat(seen.see(ID, new Seen(3, 12, 1_150))).isEqualTo(new Seen(2, 11, 1_100));
  }

  @Test
  void sweepsDropWhatIsOverAFewAtATimeAndKeepTheRest() {
    for (int i = 0; i < 10; i++) {
      seen.see(Bytes.wrap(new byte[] {(byte) i}), new Seen(0, i, i < 5 ? 0 : 1_000));
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

  private long count() {
    return store.approximateNumEntries();
  }
}
