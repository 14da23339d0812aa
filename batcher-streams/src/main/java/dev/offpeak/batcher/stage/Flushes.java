package dev.offpeak.batcher.stage;

import dev.offpeak.core.lane.Lane;
import dev.offpeak.schemas.avro.ControlRecord;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** When each lane was last asked to flush: alone, with its account, or with all others. */
final class Flushes {

  /** No flush has been asked for. */
  static final long NEVER = Long.MIN_VALUE;

  private static final String ALL = "flush|*";

  private final ReadOnlyKeyValueStore<String, Long> store;

  Flushes(ReadOnlyKeyValueStore<String, Long> store) {
    this.store = store;
  }

  /** Keeps the latest flush of what the record is about. */
  static void put(KeyValueStore<String, Long> store, ControlRecord flush) {
    Latest.keep(store, key(flush), flush.getIssuedAt().toEpochMilli());
  }

  /** When the lane was last asked to flush, in milliseconds since the epoch, or {@link #NEVER}. */
  long lastOf(Lane lane) {
    return Math.max(at(ALL), Math.max(at(accountKey(lane.account())), at(laneKey(lane.id()))));
  }

  private long at(String key) {
    return Latest.of(store, key, NEVER);
  }

  private static String key(ControlRecord flush) {
    if (flush.getLane() != null) {
      return laneKey(flush.getLane());
    }
    return flush.getAccount() == null ? ALL : accountKey(flush.getAccount());
  }

  private static String laneKey(String lane) {
    return "flush|lane|" + lane;
  }

  private static String accountKey(String account) {
    return "flush|account|" + account;
  }
}
