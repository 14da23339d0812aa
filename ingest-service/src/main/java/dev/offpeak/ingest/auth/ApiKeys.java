package dev.offpeak.ingest.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The API keys of the configuration. Keeps digests only, and takes the same time whether a key is
 * nearly right or wrong from its first letter.
 */
public final class ApiKeys {

  private record Entry(byte[] digest, Caller caller) {}

  private final List<Entry> entries;

  private ApiKeys(List<Entry> entries) {
    this.entries = entries;
  }

  /**
   * The given keys.
   *
   * @param callers by their API key; empty lets everyone in as {@link Caller#LOCAL}
   */
  public static ApiKeys of(Map<String, Caller> callers) {
    return new ApiKeys(
        callers.entrySet().stream().map(e -> new Entry(digest(e.getKey()), e.getValue())).toList());
  }

  /** Whether everyone is let in. */
  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /** How many there are. */
  public int size() {
    return entries.size();
  }

  /**
   * The caller that a key stands for, or null when there is no such key.
   *
   * @param key as presented; null when none was
   */
  public @Nullable Caller find(@Nullable String key) {
    if (entries.isEmpty()) {
      return Caller.LOCAL;
    }
    if (key == null) {
      return null;
    }
    byte[] presented = digest(key);
    Caller found = null;
    for (var entry : entries) {
      // No early end: the time must not tell which key came close.
      if (MessageDigest.isEqual(entry.digest, presented)) {
        found = entry.caller;
      }
    }
    return found;
  }

  private static byte[] digest(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
