package dev.offpeak.results.completions.download;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.core.price.ReportedUsage;
import dev.offpeak.core.price.ReportedUsage.Standing;
import dev.offpeak.core.price.TokenUsage;
import dev.offpeak.provider.ResultLine;
import dev.offpeak.results.shared.outcome.SpooledLine;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one job's results in a temporary file, found again by the index of their request.
 * Memory holds a place of twelve bytes for each request, whatever the answers weigh. Written first,
 * then read; not thread-safe. The file is deleted by the operating system or when it is closed.
 */
public final class ResultSpool implements Closeable {

  private static final int WRITE_BUFFER = 256 * 1024;

  /** A read buffer is kept for the next line unless a rare large line made it grow past this. */
  private static final int KEPT_READ_BUFFER = 1024 * 1024;

  private static final Standing[] STANDINGS = Standing.values();

  private final FileChannel file;
  private final long[] starts;
  private final int[] lengths;
  private final ByteBuffer writing = ByteBuffer.allocate(WRITE_BUFFER);
  private final ByteArrayOutputStream headBytes = new ByteArrayOutputStream(512);
  private final DataOutputStream head = new DataOutputStream(headBytes);
  private byte[] reading = new byte[16 * 1024];
  private long end;

  private ResultSpool(FileChannel file, int requests) {
    this.file = file;
    this.starts = new long[requests];
    this.lengths = new int[requests];
  }

  /** An empty spool for that many requests, in that folder. */
  public static ResultSpool open(Path folder, int requests) throws IOException {
    Files.createDirectories(folder);
    Path path = Files.createTempFile(folder, "results-", ".spool");
    return new ResultSpool(
        FileChannel.open(
            path,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE),
        requests);
  }

  /** Keeps the line of that request; a later line takes the place of an earlier one. */
  public void put(int index, ResultLine line) throws IOException {
    headBytes.reset();
    byte[] body =
        switch (line) {
          case ResultLine.Succeeded ok -> {
            writeHead(ok.statusCode(), ok.requestId(), ok.model(), "", "", ok.usage());
            yield ok.body();
          }
          case ResultLine.Errored error -> {
            writeHead(
                error.statusCode(),
                error.requestId(),
                error.model(),
                error.code(),
                error.message(),
                error.usage());
            yield error.body();
          }
          case ResultLine.Expired expired -> writeMessage(expired.message());
          case ResultLine.Canceled canceled -> writeMessage(canceled.message());
          case ResultLine.Unreadable unreadable -> writeMessage(unreadable.problem());
        };
    long start = end;
    byte[] headDone = headBytes.toByteArray();
    append(headDone);
    append(body);
    starts[index] = start;
    lengths[index] = headDone.length + body.length;
  }

  private byte[] writeMessage(String message) throws IOException {
    writeHead(0, null, "", "", message, ReportedUsage.MISSING);
    return new byte[0];
  }

  // The spool is read by the process that wrote it: the order of the names is the same.
  @SuppressWarnings("EnumOrdinal")
  private void writeHead(
      int status,
      @Nullable String requestId,
      String model,
      String code,
      String message,
      ReportedUsage reported)
      throws IOException {
    head.writeInt(status);
    head.writeBoolean(requestId != null);
    writeText(requestId == null ? "" : requestId);
    writeText(model);
    writeText(code);
    writeText(message);
    head.writeByte(reported.standing().ordinal());
    TokenUsage usage = reported.tokens();
    head.writeLong(usage.input());
    head.writeLong(usage.cachedInput());
    head.writeLong(usage.cacheWrite());
    head.writeLong(usage.output());
    head.writeLong(usage.reasoning());
    head.writeLong(usage.longCacheWrite());
  }

  private void writeText(String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    head.writeInt(bytes.length);
    head.write(bytes);
  }

  private void append(byte[] bytes) throws IOException {
    if (bytes.length > writing.remaining()) {
      flush();
    }
    if (bytes.length > writing.remaining()) {
      writeFully(ByteBuffer.wrap(bytes));
    } else {
      writing.put(bytes);
    }
    end += bytes.length;
  }

  private void flush() throws IOException {
    writing.flip();
    writeFully(writing);
    writing.clear();
  }

  /** A thread keeps native memory for as much as it has ever written or read at once. */
  private static int piece(int bytes) {
    return Math.min(bytes, WRITE_BUFFER);
  }

  private void writeFully(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      int written = file.write(bytes.slice(bytes.position(), piece(bytes.remaining())));
      bytes.position(bytes.position() + written);
    }
  }

  /** Everything put so far can be read. */
  public void finishWriting() throws IOException {
    flush();
  }

  /**
   * The line of a request that has one.
   *
   * @return a line whose body is valid until the next call
   */
  public SpooledLine get(int index) throws IOException {
    int length = lengths[index];
    byte[] bytes = readAt(starts[index], length);
    var in = new DataInputStream(new ByteArrayInputStream(bytes, 0, length));
    int status = in.readInt();
    boolean hasRequestId = in.readBoolean();
    String requestId = readText(in);
    String model = readText(in);
    String code = readText(in);
    String message = readText(in);
    Standing standing = STANDINGS[in.readByte()];
    var tokens =
        new TokenUsage(
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readLong());
    int bodyLength = in.available();
    return new SpooledLine(
        status,
        hasRequestId ? requestId : null,
        model,
        code,
        message,
        new ReportedUsage(tokens, standing),
        ByteBuffer.wrap(bytes, length - bodyLength, bodyLength).slice());
  }

  /** Bytes of the line of a request that has one. */
  public int bytesAt(int index) {
    return lengths[index];
  }

  private static String readText(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), UTF_8);
  }

  private byte[] readAt(long start, int length) throws IOException {
    byte[] bytes = reading;
    if (length > bytes.length) {
      bytes = new byte[Math.max(length, Math.min(2 * length, KEPT_READ_BUFFER))];
      if (bytes.length <= KEPT_READ_BUFFER) {
        reading = bytes;
      }
    }
    for (int at = 0; at < length; ) {
      int read = file.read(ByteBuffer.wrap(bytes, at, piece(length - at)), start + at);
      if (read < 0) {
        throw new EOFException("the spool ends within a line; was its disk full?");
      }
      at += read;
    }
    return bytes;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
