package dev.offpeak.standalone.remote;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.offpeak.standalone.input.Inputs;
import dev.offpeak.standalone.input.Line;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The lines of the inputs as one file of a form. Lines that are too long are left out. */
final class Upload extends InputStream {

  static final String TYPE = "multipart/form-data; boundary=offpeak-run";

  private static final String BEFORE =
      "--offpeak-run\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch\r\n"
          + "--offpeak-run\r\nContent-Disposition: form-data; name=\"file\";"
          + " filename=\"requests.jsonl\"\r\nContent-Type: application/jsonl\r\n\r\n";
  private static final String BEHIND = "\r\n--offpeak-run--\r\n";

  private final Inputs inputs;
  private final LongConsumer sent;
  private byte[] line = {};
  private int at;
  private long lines;

  private Upload(Inputs inputs, LongConsumer sent) {
    this.inputs = inputs;
    this.sent = sent;
  }

  /**
   * The body of the form.
   *
   * @param sent is told how many lines were taken so far
   */
  static InputStream of(List<Path> files, int lineLimit, LongConsumer sent) {
    return new SequenceInputStream(
        Collections.enumeration(
            List.of(
                new ByteArrayInputStream(BEFORE.getBytes(US_ASCII)),
                new Upload(Inputs.of(files, lineLimit), sent),
                new ByteArrayInputStream(BEHIND.getBytes(US_ASCII)))));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (at == line.length) {
      byte[] next = next();
      if (next == null) {
        return -1;
      }
      line = next;
      at = 0;
    }
    int some = Math.min(length, line.length - at);
    System.arraycopy(line, at, into, offset, some);
    at += some;
    return some;
  }

  private byte @Nullable [] next() throws IOException {
    for (Line next = inputs.next(); next != null; next = inputs.next()) {
      if (next instanceof Line.Fitting fitting) {
        sent.accept(++lines);
        return onOneLine(fitting.bytes());
      }
    }
    return null;
  }

  /** An element of a JSON list may have line feeds in it, between its members. */
  private static byte[] onOneLine(byte[] bytes) {
    byte[] line = new byte[bytes.length + 1];
    for (int i = 0; i < bytes.length; i++) {
      boolean isEnd = bytes[i] == '\n' || bytes[i] == '\r';
      line[i] = isEnd ? (byte) ' ' : bytes[i];
    }
    line[bytes.length] = '\n';
    return line;
  }

  @Override
  public void close() throws IOException {
    inputs.close();
  }
}
