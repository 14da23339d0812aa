package dev.offpeak.batcher.stage;

import dev.offpeak.schemas.avro.ControlAction;
import dev.offpeak.schemas.avro.ControlRecord;
import java.time.Instant;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Which accounts get nothing new for now. An operator has paused those whose last pause, alone or
 * with all others, was asked for after their last resume. A submitter has noticed of others that
 * their provider refuses them, which holds until the notice ends, is taken back, or an operator
 * resumes the account.
 */
final class Holds {

  private static final long NEVER = Long.MIN_VALUE;
  private static final String ALL = "*";
  private static final String VERSION = "holds";
  private static final String NOTICED = "noticed|";
  private static final String REFUSED_UNTIL = "refused-until|";

  private final ReadOnlyKeyValueStore<String, Long> store;

  Holds(ReadOnlyKeyValueStore<String, Long> store) {
    this.store = store;
  }

  /** Keeps the latest pause, or resume, of what the record is about. */
  static void put(KeyValueStore<String, Long> store, ControlRecord hold) {
    String key = key(hold.getAction(), hold.getAccount());
    long issuedAt = hold.getIssuedAt().toEpochMilli();
    if (Latest.keep(store, key, issuedAt)) {
      Latest.change(store, VERSION);
    }
  }

  /** Keeps the latest notice of an account that its provider refuses, or accepts again. */
  static void putNotice(KeyValueStore<String, Long> store, ControlRecord notice) {
    String account = notice.getAccount();
    if (account == null) {
      return;
    }
    long issuedAt = notice.getIssuedAt().toEpochMilli();
    if (Latest.keep(store, NOTICED + account, issuedAt)) {
      Instant until = notice.getValidUntil();
      boolean refused = notice.getAction() == ControlAction.UNUSABLE && until != null;
      store.put(REFUSED_UNTIL + account, refused ? until.toEpochMilli() : NEVER);
      Latest.change(store, VERSION);
    }
  }

  /** Another number after each change, 0 before the first. */
  long version() {
    return Latest.of(store, VERSION, 0);
  }

  /**
   * Until when the account gets nothing new, in milliseconds since the epoch: {@link
   * Long#MAX_VALUE} until an operator says so, a time that is over when it may have everything.
   */
  long avoidedUntil(String account) {
    long resumed = last(ControlAction.RESUME, account);
    if (last(ControlAction.PAUSE, account) > resumed) {
      return Long.MAX_VALUE;
    }
    return at(NOTICED + account) > resumed ? at(REFUSED_UNTIL + account) : NEVER;
  }

  private long last(ControlAction action, String account) {
    return Math.max(at(key(action, null)), at(key(action, account)));
  }

  private long at(String key) {
    return Latest.of(store, key, NEVER);
  }

  private static String key(ControlAction action, @Nullable String account) {
    return action + "|" + (account == null ? ALL : account);
  }
}
