package dev.offpeak.ingest.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The API keys of the configuration, and those of llm.keys. Keeps digests only, and takes the same
 * time whether a key is nearly right or wrong from its first letter.
 */
public final class ApiKeys {

  /**
   * A configured key.
   *
   * @param expires null for never
   */
  public record Configured(Caller caller, @Nullable Instant expires) {}

  private record Entry(byte[] digest, Configured key) {}

  private final List<Entry> entries;
  private final KeyBook book;
  private final boolean required;
  private final Clock clock;

  private ApiKeys(List<Entry> entries, KeyBook book, boolean required, Clock clock) {
    this.entries = entries;
    this.book = book;
    this.required = required;
    this.clock = clock;
  }

  /**
   * The given keys.
   *
   * @param callers by their API key; empty lets everyone in as {@link Caller#LOCAL}
   */
  public static ApiKeys of(Map<String, Caller> callers) {
    var clock = Clock.systemUTC();
    var keys = new HashMap<String, Configured>();
    callers.forEach((key, caller) -> keys.put(key, new Configured(caller, null)));
    return of(keys, new KeyBook(clock, true), false, clock);
  }

  /**
   * The given keys, and those of a book.
   *
   * @param required whether nobody is let in without one even where there are none
   */
  public static ApiKeys of(
      Map<String, Configured> keys, KeyBook book, boolean required, Clock clock) {
    return new ApiKeys(
        keys.entrySet().stream().map(e -> new Entry(digest(e.getKey()), e.getValue())).toList(),
        book,
        required,
        clock);
  }

  /** Whether everyone is let in. */
  public boolean isEmpty() {
    if (!entries.isEmpty() || required) {
      return false;
    }
    book.awaitRead();
    return book.isEmpty();
  }

  /** How many there are. */
  public int size() {
    return entries.size() + book.size();
  }

  /**
   * The caller that a key stands for, or null when there is no such key.
   *
   * @param key as presented; null when none was
   */
  public @Nullable Caller find(@Nullable String key) {
    if (isEmpty()) {
      return Caller.LOCAL;
    }
    if (key == null) {
      return null;
    }
    byte[] presented = digest(key);
    Configured found = null;
    for (var entry : entries) {
      // No early end: the time must not tell which key came close.
      if (MessageDigest.isEqual(entry.digest, presented)) {
        found = entry.key;
      }
    }
    if (found == null) {
      book.awaitRead();
      return book.find(HexFormat.of().formatHex(presented));
    }
    boolean isOver = found.expires != null && !found.expires.isAfter(clock.instant());
    return isOver ? null : found.caller;
  }

  private static byte[] digest(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
