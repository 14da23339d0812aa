package dev.offpeak.batcher.stage;

import dev.offpeak.schemas.avro.ControlRecord;
import dev.offpeak.schemas.request.OffpeakHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/** Which requests were cancelled before they were sealed: single ones, or all of a tenant. */
final class Cancels {

  private static final String PREFIX = "cancel|";
  private static final String END = "cancel}";
  private static final String VERSION = "cancels";

  /** Longer than llm.control keeps them, after which an instance that starts knows none. */
  private static final long REMEMBERED = Duration.ofDays(2).toMillis();

  /** Looking through all of them for each new one would make many of them slow. */
  private static final int BETWEEN_SWEEPS = 1_000;

  private final ReadOnlyKeyValueStore<String, Long> store;

  /**
   * One cancel.
   *
   * @param customId null for all requests of the tenant
   * @param issuedAt it is about requests asked for by then, in milliseconds since the epoch
   */
  record Cancel(String tenant, @Nullable String customId, long issuedAt) {}

  Cancels(ReadOnlyKeyValueStore<String, Long> store) {
    this.store = store;
  }

  /** Whether the record is about requests; else it is about batches, which are the submitter's. */
  static boolean areMeant(ControlRecord cancel) {
    return cancel.getTenant() != null || cancel.getCustomId() != null;
  }

  /**
   * Keeps the latest cancel of what the record is about, and at times forgets those of long ago.
   */
  static void put(KeyValueStore<String, Long> store, ControlRecord cancel) {
    long issuedAt = cancel.getIssuedAt().toEpochMilli();
    if (Latest.keep(store, key(cancel), issuedAt)
        && Latest.change(store, VERSION) % BETWEEN_SWEEPS == 0) {
      forgetBefore(store, issuedAt - REMEMBERED);
    }
  }

  private static void forgetBefore(KeyValueStore<String, Long> store, long time) {
    try (KeyValueIterator<String, Long> entries = store.range(PREFIX, END)) {
      while (entries.hasNext()) {
        KeyValue<String, Long> entry = entries.next();
        if (entry.value < time) {
          store.delete(entry.key);
        }
      }
    }
  }

  /** Another number after each change, 0 before the first. */
  long version() {
    return Latest.of(store, VERSION, 0);
  }

  /** All that hold. */
  List<Cancel> all() {
    List<Cancel> all = new ArrayList<>();
    try (KeyValueIterator<String, Long> entries = store.range(PREFIX, END)) {
      while (entries.hasNext()) {
        KeyValue<String, Long> entry = entries.next();
        all.add(parse(entry.key, entry.value));
      }
    }
    return all;
  }

  /** The tenant stands behind its length: it may hold any character. */
  private static String key(ControlRecord cancel) {
    String named = cancel.getTenant();
    String tenant = named == null ? OffpeakHeaders.DEFAULT_TENANT : named;
    String customId = cancel.getCustomId();
    String ofTenant = PREFIX + tenant.length() + "|" + tenant;
    return customId == null ? ofTenant : ofTenant + "|" + customId;
  }

  private static Cancel parse(String key, long issuedAt) {
    int bar = key.indexOf('|', PREFIX.length());
    int tenantEnd = bar + 1 + Integer.parseInt(key, PREFIX.length(), bar, 10);
    return new Cancel(
        key.substring(bar + 1, tenantEnd),
        tenantEnd == key.length() ? null : key.substring(tenantEnd + 1),
        issuedAt);
  }
}
