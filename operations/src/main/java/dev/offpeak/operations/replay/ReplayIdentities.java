package dev.offpeak.operations.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.schemas.request.RequestDecoding.Decoded;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Requests by what makes them the same one within a replay, as the batcher sees it: tenant, custom
 * id and where they go. About a dozen bytes each, so that ten million take 130 MB. Not thread-safe.
 */
final class ReplayIdentities {

  private static final long OFFSET_BASIS = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  /** Open addressing; 0 is an empty place. */
  private long[] hashes = new long[1 << 10];

  private int size;

  /** Adds one; whether it is new. */
  boolean add(Decoded request) {
    if (size >= hashes.length / 4 * 3) {
      grow();
    }
    long hash = hash(request);
    int at = place(hash);
    if (hashes[at] == hash) {
      return false;
    }
    hashes[at] = hash;
    size++;
    return true;
  }

  /** Whether it was added. */
  boolean has(Decoded request) {
    long hash = hash(request);
    return hashes[place(hash)] == hash;
  }

  /** Where it stands, or where it would. */
  private int place(long hash) {
    int mask = hashes.length - 1;
    int at = (int) hash & mask;
    while (hashes[at] != 0 && hashes[at] != hash) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private void grow() {
    long[] before = hashes;
    hashes = new long[before.length * 2];
    Arrays.stream(before).filter(hash -> hash != 0).forEach(hash -> hashes[place(hash)] = hash);
  }

  private static long hash(Decoded request) {
    long hash = OFFSET_BASIS;
    hash = text(hash, request.tenant());
    hash = text(hash, request.customId());
    hash = text(hash, request.endpoint());
    hash = text(hash, request.model());
    hash = text(hash, request.account());
    // FNV mixes its upper bits little, and the lower ones choose the place.
    hash = (hash ^ (hash >>> 32)) * 0x9e3779b97f4a7c15L;
    hash ^= hash >>> 29;
    return hash == 0 ? 1 : hash;
  }

  private static long text(long before, @Nullable String text) {
    long hash = (before ^ (text == null ? 1 : 2)) * PRIME;
    if (text != null) {
      for (byte b : text.getBytes(UTF_8)) {
        hash = (hash ^ (b & 0xFF)) * PRIME;
      }
    }
    // No text holds this byte, so that no two rows of texts are the same bytes.
    return (hash ^ 0xFF) * PRIME;
  }
}
