package dev.offpeak.ingest.batches;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.ingest.line.LineMarks;
import dev.offpeak.schemas.request.OffpeakHeaders;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * By it an outcome finds its batch. Lines of a file have it as record key; lines that came without
 * one have keys of their own, and it is a header of theirs. Both come back with the outcome.
 *
 * @param batch its id
 * @param line which of its requests, counted from 0
 */
record LineKey(String batch, int line) {

  private static final String BEGINS = "batch_";

  /** As a record key. */
  byte[] bytes() {
    return (batch + "/" + line).getBytes(UTF_8);
  }

  /** That of an outcome, or null when it is none of ours. */
  static @Nullable LineKey of(ConsumerRecord<byte[], byte[]> outcome) {
    return of(outcome.headers(), outcome.key());
  }

  /** That of a record of llm.lanes, where the user's key is a header. */
  static @Nullable LineKey ofLane(ConsumerRecord<byte[], byte[]> lane) {
    Header key = lane.headers().lastHeader(OffpeakHeaders.KEY);
    return of(lane.headers(), key == null ? null : key.value());
  }

  private static @Nullable LineKey of(Headers headers, byte @Nullable [] key) {
    Header header = headers.lastHeader(LineMarks.HEADER);
    return of(header == null ? key : header.value());
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
