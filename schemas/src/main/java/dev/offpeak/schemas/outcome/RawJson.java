package dev.offpeak.schemas.outcome;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A value that is JSON already, for a generator that copies it byte for byte. */
public final class RawJson implements SerializableString {

  private final byte[] array;
  private final int start;
  private final int length;

  private RawJson(ByteBuffer value) {
    length = value.remaining();
    if (value.hasArray()) {
      array = value.array();
      start = value.arrayOffset() + value.position();
    } else {
      array = new byte[length];
      start = 0;
      value.duplicate().get(array);
    }
  }

  /** Writes it as a member; null when there is none. */
  public static void write(String name, @Nullable ByteBuffer value, JsonGenerator out)
      throws IOException {
    out.writeFieldName(name);
    if (value == null || !value.hasRemaining()) {
      out.writeNull();
    } else {
      out.writeRawValue(new RawJson(value));
    }
  }

  @Override
  public String getValue() {
    return new String(array, start, length, UTF_8);
  }

  @Override
  public int charLength() {
    return getValue().length();
  }

  @Override
  public int appendUnquotedUTF8(byte[] buffer, int offset) {
    if (length > buffer.length - offset) {
      return -1;
    }
    System.arraycopy(array, start, buffer, offset, length);
    return length;
  }

  @Override
  public byte[] asUnquotedUTF8() {
    return length == array.length ? array : Arrays.copyOfRange(array, start, start + length);
  }

  @Override
  public int writeUnquotedUTF8(OutputStream out) throws IOException {
    out.write(array, start, length);
    return length;
  }

  @Override
  public int putUnquotedUTF8(ByteBuffer buffer) {
    if (length > buffer.remaining()) {
      return -1;
    }
    buffer.put(array, start, length);
    return length;
  }

  @Override
  public int appendUnquoted(char[] buffer, int offset) {
    throw neverQuoted();
  }

  @Override
  public char[] asQuotedChars() {
    throw neverQuoted();
  }

  @Override
  public byte[] asQuotedUTF8() {
    throw neverQuoted();
  }

  @Override
  public int appendQuotedUTF8(byte[] buffer, int offset) {
    throw neverQuoted();
  }

  @Override
  public int appendQuoted(char[] buffer, int offset) {
    throw neverQuoted();
  }

  @Override
  public int writeQuotedUTF8(OutputStream out) {
    throw neverQuoted();
  }

  @Override
  public int putQuotedUTF8(ByteBuffer buffer) {
    throw neverQuoted();
  }

  private static UnsupportedOperationException neverQuoted() {
    return new UnsupportedOperationException(
        "it is JSON in UTF-8 already, and written as that only");
  }
}
