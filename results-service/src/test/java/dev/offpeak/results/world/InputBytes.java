package dev.offpeak.results.world;

import dev.offpeak.core.lane.Lane;
import dev.offpeak.provider.BatchFormat;
import dev.offpeak.provider.Payload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The input file of a batch, in memory. */
final class InputBytes implements Payload {

  private final byte[] bytes;

  private InputBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  static InputBytes of(
      BatchFormat format, Lane lane, int partition, List<Long> offsets, List<Ask> asks) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      format.writeHead(out);
      for (int i = 0; i < asks.size(); i++) {
        if (i > 0) {
          format.writeSeparator(out);
        }
        byte[] body = asks.get(i).body().getBytes(StandardCharsets.UTF_8);
        format.writeLine(lane, partition, offsets.get(i), body, 0, body.length, false, out);
      }
      format.writeTail(out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory can always be written", e);
    }
    return new InputBytes(out.toByteArray());
  }

  @Override
  public long length() {
    return bytes.length;
  }

  @Override
  public void writeTo(OutputStream sink) throws IOException {
    sink.write(bytes);
  }
}
