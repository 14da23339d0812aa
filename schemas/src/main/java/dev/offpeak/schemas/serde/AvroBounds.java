package dev.offpeak.schemas.serde;

import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Walks through Avro's binary form by its schema before anything is made of it. Avro believes every
 * length and count that it reads: a few bytes can ask for gigabytes, or for billions of elements
 * that have no bytes at all. The walk takes a time and a depth that are bounded by the value's
 * size.
 */
public final class AvroBounds {

  /** Values that a record may have besides those that its bytes account for. */
  private static final int FREE_VALUES = 1 << 16;

  private static final int VALUES_A_BYTE = 4;
  private static final int MAX_DEPTH = 200;
  private static final int LONGEST_VARINT = 10;

  private final byte[] bytes;
  private int at;
  private long left;

  private AvroBounds(byte[] bytes) {
    this.bytes = bytes;
    this.at = WireFormat.HEADER_LENGTH;
    this.left = (long) VALUES_A_BYTE * bytes.length + FREE_VALUES;
  }

  /**
   * Checks that one value of that schema, in the Confluent wire format, takes exactly these bytes.
   *
   * @throws IOException when it does not
   */
  public static void check(Schema schema, byte[] bytes) throws IOException {
    AvroBounds walk = new AvroBounds(bytes);
    walk.value(schema, 0);
    if (walk.at != bytes.length) {
      throw new IOException("bytes are left after the record's end");
    }
  }

  private void value(Schema schema, int depth) throws IOException {
    count(1);
    if (depth > MAX_DEPTH) {
      throw new IOException("it is nested deeper than " + MAX_DEPTH + " levels");
    }
    switch (schema.getType()) {
      case NULL -> {}
      case BOOLEAN -> skip(1);
      case INT, LONG -> readLong();
      case FLOAT -> skip(Float.BYTES);
      case DOUBLE -> skip(Double.BYTES);
      case STRING, BYTES -> skip(readLong());
      case FIXED -> skip(schema.getFixedSize());
      case ENUM -> index(schema.getEnumSymbols());
      case UNION -> value(schema.getTypes().get(index(schema.getTypes())), depth + 1);
      case RECORD -> {
        for (Schema.Field field : schema.getFields()) {
          value(field.schema(), depth + 1);
        }
      }
      case ARRAY -> blocks(schema.getElementType(), false, depth);
      case MAP -> blocks(schema.getValueType(), true, depth);
    }
  }

  private void blocks(Schema element, boolean keys, int depth) throws IOException {
    for (long count = blockCount(); count > 0; count = blockCount()) {
      for (long i = 0; i < count; i++) {
        if (keys) {
          skip(readLong());
        }
        value(element, depth + 1);
      }
    }
  }

  /** A count that the rest of the value can hold: readers make room for it before they read. */
  private long blockCount() throws IOException {
    long count = readLong();
    if (count < 0) {
      count = -count;
      within(readLong());
    }
    if (count < 0 || count > left) {
      throw new IOException("it has a block of " + count + " elements, more than its bytes");
    }
    return count;
  }

  private int index(List<?> choices) throws IOException {
    long index = readLong();
    if (index < 0 || index >= choices.size()) {
      throw new IOException("it chooses " + index + " of " + choices.size());
    }
    return (int) index;
  }

  private void count(long values) throws IOException {
    left -= values;
    if (left < 0) {
      throw new IOException("it has more values than bytes");
    }
  }

  private void skip(long length) throws IOException {
    within(length);
    at += (int) length;
  }

  private void within(long length) throws IOException {
    if (length < 0 || length > bytes.length - at) {
      throw new IOException(
          "a length is " + length + " where " + (bytes.length - at) + " bytes are left");
    }
  }

  private long readLong() throws IOException {
    long zigzag = 0;
    for (int i = 0; i < LONGEST_VARINT; i++) {
      within(1);
      byte b = bytes[at++];
      zigzag |= (b & 0x7FL) << (7 * i);
      if (b >= 0) {
        return (zigzag >>> 1) ^ -(zigzag & 1);
      }
    }
    throw new IOException("a number has more than " + LONGEST_VARINT + " bytes");
  }
}
