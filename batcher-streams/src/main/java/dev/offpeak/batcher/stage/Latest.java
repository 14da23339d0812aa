package dev.offpeak.batcher.stage;

import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Times of wishes in the store of llm.control, and how often those of a kind have changed. */
final class Latest {

  private Latest() {}

  /** Keeps a time unless a later one, or the same, is there; says whether it was kept. */
  static boolean keep(KeyValueStore<String, Long> store, String key, long time) {
    Long before = store.get(key);
    boolean isNews = before == null || before < time;
    if (isNews) {
      store.put(key, time);
    }
    return isNews;
  }

  /** Counts a change, and returns the version from then on. */
  static long change(KeyValueStore<String, Long> store, String version) {
    long next = of(store, version, 0) + 1;
    store.put(version, next);
    return next;
  }

  /** What is there, or something else when nothing is. */
  static long of(ReadOnlyKeyValueStore<String, Long> store, String key, long otherwise) {
    Long found = store.get(key);
    return found == null ? otherwise : found;
  }
}
