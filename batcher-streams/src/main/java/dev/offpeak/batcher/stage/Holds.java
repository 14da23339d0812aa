package dev.offpeak.batcher.stage;

import dev.offpeak.schemas.avro.ControlAction;
import dev.offpeak.schemas.avro.ControlRecord;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Which accounts an operator has paused: those whose last pause, alone or with all others, was
 * asked for after their last resume.
 */
final class Holds {

  private static final long NEVER = Long.MIN_VALUE;
  private static final String ALL = "*";
  private static final String VERSION = "holds";

  private final ReadOnlyKeyValueStore<String, Long> store;

  Holds(ReadOnlyKeyValueStore<String, Long> store) {
    this.store = store;
  }

  /** Keeps the latest pause, or resume, of what the record is about. */
  static void put(KeyValueStore<String, Long> store, ControlRecord hold) {
    String key = key(hold.getAction(), hold.getAccount());
    long issuedAt = hold.getIssuedAt().toEpochMilli();
    Long before = store.get(key);
    if (before == null || before < issuedAt) {
      store.put(key, issuedAt);
      Long version = store.get(VERSION);
      store.put(VERSION, version == null ? 1 : version + 1);
    }
  }

  /** Another number after each change, 0 before the first. */
  long version() {
    Long version = store.get(VERSION);
    return version == null ? 0 : version;
  }

  boolean isPaused(String account) {
    return last(ControlAction.PAUSE, account) > last(ControlAction.RESUME, account);
  }

  private long last(ControlAction action, String account) {
    return Math.max(at(key(action, null)), at(key(action, account)));
  }

  private long at(String key) {
    Long issuedAt = store.get(key);
    return issuedAt == null ? NEVER : issuedAt;
  }

  private static String key(ControlAction action, @Nullable String account) {
    return action + "|" + (account == null ? ALL : account);
  }
}
