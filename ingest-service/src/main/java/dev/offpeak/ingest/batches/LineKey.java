package dev.offpeak.ingest.batches;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/**
 * The record key of a line of a batch, which its outcome has as well: by it an outcome finds the
 * batch.
 *
 * @param batch its id
 * @param line which of its requests, counted from 0
 */
record LineKey(String batch, int line) {

  private static final String BEGINS = "batch_";

  byte[] bytes() {
    return (batch + "/" + line).getBytes(UTF_8);
  }

  /** The key of that record, or null when it is none of ours. */
  static @Nullable LineKey of(byte @Nullable [] key) {
    if (key == null || key.length < BEGINS.length() || key[0] != 'b' || key[1] != 'a') {
      return null;
    }
    String text = new String(key, UTF_8);
    int slash = text.lastIndexOf('/');
    if (!text.startsWith(BEGINS) || slash < 0) {
      return null;
    }
    try {
      int line = Integer.parseInt(text.substring(slash + 1));
      return line < 0 ? null : new LineKey(text.substring(0, slash), line);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
