package dev.offpeak.schemas.request;

import dev.offpeak.core.outcome.FailureCode;
import java.nio.ByteBuffer;

/**
 * Finds where a body's bytes stand in the value of an Avro record. Readers give a copy and do not
 * say; Avro writes bytes as they are, behind their length, and should they stand there twice,
 * either place will do.
 */
final class BodyPlace {

  /** Comparing so many times the value's bytes is no search any more but an attack. */
  private static final int COMPARED = 8;

  private BodyPlace() {}

  /** Index of the body's first byte in the value. */
  static int of(ByteBuffer body, byte[] value) throws RequestRefusal {
    int length = body.remaining();
    byte[] before = varint(length);
    long left = (long) COMPARED * value.length;
    for (int i = value.length - length; i >= before.length && left > 0; i--) {
      if (endsAt(before, value, i)) {
        int equal = body.mismatch(ByteBuffer.wrap(value, i, length));
        if (equal < 0) {
          return i;
        }
        left -= equal;
      }
    }
    throw new RequestRefusal(
        FailureCode.UNPROCESSABLE_RECORD,
        "the body that was read from the record can't be found in it; write records with Avro's"
            + " own encoder, and few bytes besides the body");
  }

  private static boolean endsAt(byte[] before, byte[] value, int end) {
    for (int i = 1; i <= before.length; i++) {
      if (value[end - i] != before[before.length - i]) {
        return false;
      }
    }
    return true;
  }

  /** How Avro writes a length: zigzag, seven bits a byte, the lowest first. */
  private static byte[] varint(int length) {
    long rest = 2L * length;
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + 1);
    while (rest > 0x7F) {
      bytes.put((byte) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    bytes.put((byte) rest).flip();
    byte[] varint = new byte[bytes.remaining()];
    bytes.get(varint);
    return varint;
  }
}
