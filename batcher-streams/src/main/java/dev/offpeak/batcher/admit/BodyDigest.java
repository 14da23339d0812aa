package dev.offpeak.batcher.admit;

import dev.offpeak.core.json.JsonCompaction;
import net.jpountz.xxhash.StreamingXXHash64;
import net.jpountz.xxhash.XXHashFactory;

/**
 * Measures a body as it will be uploaded, without making a copy of it: its length without white
 * space outside strings, and XXH64 of those bytes. Bodies that differ only in such white space are
 * the same. Used for one body after the other; not thread-safe.
 */
public final class BodyDigest implements JsonCompaction.RunConsumer<RuntimeException> {

  private final StreamingXXHash64 hash = XXHashFactory.fastestJavaInstance().newStreamingHash64(0);
  private int length;

  /** Measures the body that stands there. */
  public void read(byte[] bytes, int start, int bodyLength) {
    hash.reset();
    length = 0;
    JsonCompaction.forEachRun(bytes, start, bodyLength, this);
  }

  @Override
  public void accept(byte[] bytes, int start, int runLength) {
    hash.update(bytes, start, runLength);
    length += runLength;
  }

  /** Bytes of the compacted body that was read last. */
  public int compactLength() {
    return length;
  }

  /** XXH64 of the compacted body that was read last. */
  public long hash() {
    return hash.getValue();
  }
}
