package dev.offpeak.simulator.openai.files;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads a {@code multipart/form-data} body part by part, as a stream: a part is copied to where it
 * belongs and never held in memory.
 */
final class MultipartReader {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int MAX_HEADER_BYTES = 1 << 14;

  private final InputStream in;
  private final byte[] delimiter;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int position;
  private int limit;
  private boolean inPart;
  private String disposition = "";

  /**
   * @param in the body
   * @param contentType of the body, with its boundary
   * @throws IllegalArgumentException when it is not multipart or names no boundary
   */
  public MultipartReader(InputStream in, String contentType) {
    String boundary =
        HeaderParameters.find(contentType, "boundary")
            .filter(b -> contentType.startsWith("multipart/form-data"))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "The content type is '"
                            + contentType
                            + "'; it must be multipart/form-data with a boundary"));
    this.in = in;
    this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.US_ASCII);
    // The first delimiter has no line end before it: with this one they are all alike.
    buffer[0] = '\r';
    buffer[1] = '\n';
    limit = 2;
    inPart = true;
  }

  /**
   * Goes to the next part, skipping what is left of this one.
   *
   * @return false when there is none
   */
  public boolean next() throws IOException {
    if (inPart) {
      copyTo(OutputStream.nullOutputStream());
    }
    String afterDelimiter = readLine();
    if (afterDelimiter.startsWith("--")) {
      return false;
    }
    disposition = "";
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      if (line.regionMatches(true, 0, "content-disposition:", 0, 20)) {
        disposition = line.substring(20).strip();
      }
    }
    inPart = true;
    return true;
  }

  /** The name of the form field. */
  public String name() {
    return HeaderParameters.find(disposition, "name").orElse("");
  }

  /** The name of the file, empty when the part is none. */
  public Optional<String> fileName() {
    return HeaderParameters.find(disposition, "filename");
  }

  /** The part as text, at most that many bytes of it. */
  public String text(int maxBytes) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    copyTo(
        new OutputStream() {
          @Override
          public void write(int b) {
            if (text.size() < maxBytes) {
              text.write(b);
            }
          }
        });
    return text.toString(StandardCharsets.UTF_8);
  }

  /**
   * Copies the rest of the part.
   *
   * @return its bytes
   */
  public long copyTo(OutputStream out) throws IOException {
    long copied = 0;
    while (true) {
      int end = findDelimiter();
      if (end >= 0) {
        out.write(buffer, position, end - position);
        copied += end - position;
        position = end + delimiter.length;
        inPart = false;
        return copied;
      }
      int safe = Math.max(position, limit - delimiter.length + 1);
      out.write(buffer, position, safe - position);
      copied += safe - position;
      position = safe;
      fill();
    }
  }

  private int findDelimiter() {
    int last = limit - delimiter.length;
    for (int i = position; i <= last; i++) {
      if (buffer[i] == '\r' && matches(i)) {
        return i;
      }
    }
    return -1;
  }

  private boolean matches(int at) {
    for (int i = 1; i < delimiter.length; i++) {
      if (buffer[at + i] != delimiter[i]) {
        return false;
      }
    }
    return true;
  }

  private String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (line.size() < MAX_HEADER_BYTES) {
      if (position == limit) {
        fill();
      }
      byte b = buffer[position++];
      if (b == '\n') {
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
      }
      line.write(b);
      if (line.size() == 2 && line.toString(StandardCharsets.US_ASCII).equals("--")) {
        return "--";
      }
    }
    throw new IOException("A multipart header is longer than " + MAX_HEADER_BYTES + " bytes");
  }

  private void fill() throws IOException {
    System.arraycopy(buffer, position, buffer, 0, limit - position);
    limit -= position;
    position = 0;
    int read = in.read(buffer, limit, buffer.length - limit);
    if (read < 0) {
      throw new EOFException("The multipart body ends within a part");
    }
    limit += read;
  }
}
