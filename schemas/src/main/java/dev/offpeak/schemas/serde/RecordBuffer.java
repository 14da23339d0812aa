package dev.offpeak.schemas.serde;

import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/** Memory that one value after another is written to, with its encoder. Not thread-safe. */
final class RecordBuffer extends OutputStream {

  private static final int FIRST_SIZE = 1024;

  /** A larger one is not kept for the next value: such values are rare. */
  private static final int LARGEST_KEPT = 1024 * 1024;

  private byte[] bytes = new byte[FIRST_SIZE];
  private int length;
  private @Nullable BinaryEncoder encoder;

  /** Begins a value with these bytes; returns the encoder to write the rest. */
  BinaryEncoder begin(byte[] header) {
    length = 0;
    write(header, 0, header.length);
    encoder = EncoderFactory.get().binaryEncoder(this, encoder);
    return encoder;
  }

  /** What was written since, in an array of its own. The encoder must have been flushed. */
  byte[] value() {
    return Arrays.copyOf(bytes, length);
  }

  boolean worthKeeping() {
    return bytes.length <= LARGEST_KEPT;
  }

  @Override
  public void write(int b) {
    grow(1);
    bytes[length++] = (byte) b;
  }

  @Override
  public void write(byte[] from, int offset, int count) {
    Objects.checkFromIndexSize(offset, count, from.length);
    grow(count);
    System.arraycopy(from, offset, bytes, length, count);
    length += count;
  }

  private void grow(int count) {
    int needed = Math.addExact(length, count);
    if (needed > bytes.length) {
      int doubled = (int) Math.min(Integer.MAX_VALUE - 8, 2L * bytes.length);
      bytes = Arrays.copyOf(bytes, Math.max(needed, doubled));
    }
  }
}
