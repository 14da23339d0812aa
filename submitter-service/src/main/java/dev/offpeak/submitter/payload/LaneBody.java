package dev.offpeak.submitter.payload;

import dev.offpeak.schemas.avro.AdmittedRequest;
import dev.offpeak.schemas.registry.RegistryUnavailable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Function;
import org.apache.avro.AvroRuntimeException;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Where the body of a request lies within a value of llm.lanes. One object is moved from value to
 * value, and the payload is neither copied nor looked at. Not thread-safe.
 */
final class LaneBody {

  private static final byte[] NOTHING = {};

  private final byte[] header;
  private final Function<ByteBuffer, AdmittedRequest> whole;
  private final AvroCursor cursor = new AvroCursor();
  private byte[] bytes = NOTHING;
  private int start;
  private int length;
  private boolean compact;

  LaneBody(byte[] header, Function<ByteBuffer, AdmittedRequest> whole) {
    this.header = header;
    this.whole = whole;
  }

  /**
   * Moves to that value.
   *
   * @throws IOException when it is no admitted request
   */
  void moveTo(@Nullable ByteBuffer value) throws IOException {
    if (value == null) {
      throw new IOException("it has no value");
    }
    try {
      if (value.hasArray() && isInOurForm(value)) {
        findInPlace(value);
      } else {
        findIn(whole.apply(value));
      }
    } catch (RegistryUnavailable e) {
      throw e;
    } catch (AvroRuntimeException | SerializationException | IndexOutOfBoundsException e) {
      throw new IOException("it is no admitted request", e);
    }
  }

  private boolean isInOurForm(ByteBuffer value) {
    int from = value.arrayOffset() + value.position();
    return value.remaining() > header.length
        && Arrays.equals(value.array(), from, from + header.length, header, 0, header.length);
  }

  /** In the order of AdmittedRequest's schema. */
  private void findInPlace(ByteBuffer value) throws IOException {
    bytes = value.array();
    int end = value.arrayOffset() + value.limit();
    cursor.open(bytes, value.arrayOffset() + value.position() + header.length, end);
    cursor.skipStrings(3); // custom_id, tenant, replay_id
    cursor.skipNumbers(1); // attempt
    cursor.skipStrings(4); // provider, account, endpoint, model
    cursor.skipMap(); // labels
    boolean hasDeadline = cursor.next() != 0;
    // deadline, admitted_at, source_partition, source_offset, estimated_tokens, inputs, body_hash
    cursor.skipNumbers(hasDeadline ? 7 : 6);
    int compactLength = cursor.nextInt();
    int bodyStart = cursor.nextInt();
    int bodyLength = cursor.nextInt();
    long original = cursor.next(); // its length; the bytes themselves are all that follows
    if (original != end - cursor.at()) {
      throw new IOException(
          "its original has %d bytes instead of %d".formatted(end - cursor.at(), original));
    }
    place(cursor.at(), (int) original, bodyStart, bodyLength, compactLength);
  }

  private void findIn(AdmittedRequest request) throws IOException {
    ByteBuffer original = request.getOriginal();
    if (original.hasArray()) {
      bytes = original.array();
    } else {
      bytes = new byte[original.remaining()];
      original.duplicate().get(bytes);
    }
    place(
        original.hasArray() ? original.arrayOffset() + original.position() : 0,
        original.remaining(),
        request.getBodyStart(),
        request.getBodyLength(),
        request.getCompactLength());
  }

  private void place(int originalAt, int original, int bodyStart, int bodyLength, int compacted)
      throws IOException {
    if (bodyStart < 0 || bodyLength < 0 || bodyStart > original - bodyLength) {
      throw new IOException(
          "its body at %d of length %d is outside of its %d bytes"
              .formatted(bodyStart, bodyLength, original));
    }
    start = originalAt + bodyStart;
    length = bodyLength;
    compact = bodyLength == compacted;
  }

  /** The array that holds the body; to be read only, and not after the next move. */
  byte[] bytes() {
    return bytes;
  }

  /** First byte of the body in {@link #bytes}. */
  int start() {
    return start;
  }

  /** Bytes of the body as the user wrote it. */
  int length() {
    return length;
  }

  /** Whether it has no white space outside strings. */
  boolean isCompact() {
    return compact;
  }
}
