package dev.offpeak.simulator.answer;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.simulator.chance.Mix;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/** Writes embeddings: vectors of about unit length from a seed. Reuses a buffer. */
public final class Vectors {
  private static final int DIGITS = 7;
  private static final int SCALE = 10_000_000;

  private char[] buffer = new char[1 << 15];

  /** A component in ten-millionths: evenly spread so that the vector is about 1 long. */
  private static int component(long seed, int place, int dimensions) {
    double spread = 2 * Mix.unit(Mix.mix(seed, place)) - 1;
    return (int) (spread * Math.min(0.9999999, Math.sqrt(3.0 / dimensions)) * SCALE);
  }

  /** Writes a vector as an array of numbers. */
  public void write(JsonGenerator json, long seed, int dimensions) throws IOException {
    int needed = dimensions * (DIGITS + 4) + 2;
    if (buffer.length < needed) {
      buffer = new char[needed];
    }
    int at = 0;
    buffer[at++] = '[';
    for (int i = 0; i < dimensions; i++) {
      if (i > 0) {
        buffer[at++] = ',';
      }
      int value = component(seed, i, dimensions);
      if (value < 0) {
        buffer[at++] = '-';
      }
      buffer[at++] = '0';
      buffer[at++] = '.';
      int rest = Math.abs(value);
      for (int digit = DIGITS - 1; digit >= 0; digit--) {
        buffer[at + digit] = (char) ('0' + rest % 10);
        rest /= 10;
      }
      at += DIGITS;
    }
    buffer[at++] = ']';
    json.writeRawValue(buffer, 0, at);
  }

  /** The same vector as little-endian floats in Base64. */
  public static String base64(long seed, int dimensions) {
    ByteBuffer floats = ByteBuffer.allocate(4 * dimensions).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < dimensions; i++) {
      floats.putFloat(component(seed, i, dimensions) / (float) SCALE);
    }
    return Base64.getEncoder().encodeToString(floats.array());
  }
}
