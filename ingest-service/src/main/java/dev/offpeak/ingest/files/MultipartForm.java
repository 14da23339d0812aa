package dev.offpeak.ingest.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code multipart/form-data} part by part, with a buffer of fixed size: the delimiter may
 * straddle what comes in, wherever it is cut.
 */
final class MultipartForm {

  private static final int BUFFER = 64 * 1024;
  private static final int LONGEST_HEADERS = 16 * 1024;
  private static final int MOST_PARTS = 20;
  private static final byte[] HEADERS_END = "\r\n\r\n".getBytes(ISO_8859_1);

  private final InputStream in;
  private final byte[] delimiter;
  private final byte[] buffer;
  private int at;
  private int end;
  private boolean ended;
  private boolean inPart = true;
  private int parts;

  /** The form between delimiters of that boundary. */
  MultipartForm(InputStream in, String boundary) {
    this.in = in;
    this.delimiter = ("\r\n--" + boundary).getBytes(UTF_8);
    this.buffer = new byte[BUFFER + delimiter.length];
    // The first delimiter may stand at the very beginning, without its line end.
    buffer[0] = '\r';
    buffer[1] = '\n';
    end = 2;
  }

  /** The boundary of a content type; null when it is no form. */
  static @Nullable String boundary(String contentType) {
    String type = contentType.toLowerCase(Locale.ROOT);
    if (!type.startsWith("multipart/form-data")) {
      return null;
    }
    return Parameters.of(contentType).get("boundary");
  }

  /**
   * The next part, or null behind the last; what was not read of the one before is passed over.
   *
   * @throws IOException when it is no form or breaks off
   */
  @Nullable Part next() throws IOException {
    if (ended) {
      return null;
    }
    skipPart();
    if (!has(2)) {
      throw new IOException("the form breaks off behind a boundary");
    }
    if (buffer[at] == '-' && buffer[at + 1] == '-') {
      ended = true;
      return null;
    }
    parts++;
    if (parts > MOST_PARTS) {
      throw new IOException("the form has more than " + MOST_PARTS + " parts");
    }
    String headers = headers();
    inPart = true;
    return new Part(Parameters.of(disposition(headers)), this::readPart);
  }

  private void skipPart() throws IOException {
    byte[] scrap = new byte[BUFFER];
    int read = 0;
    while (read >= 0) {
      read = readPart(scrap, 0, scrap.length);
    }
  }

  /** Bytes of the part up to its delimiter, then -1; the delimiter is passed over with it. */
  private int readPart(byte[] into, int offset, int length) throws IOException {
    if (!inPart) {
      return -1;
    }
    boolean more = has(delimiter.length);
    int found = indexOf(delimiter);
    if (found == at) {
      at += delimiter.length;
      inPart = false;
      return -1;
    }
    // Without a whole delimiter the last bytes may be the beginning of one.
    int safe = found >= 0 ? found : end - delimiter.length + 1;
    if (safe <= at) {
      if (!more) {
        throw new IOException("the form breaks off within a part");
      }
      safe = at + 1;
    }
    int count = Math.min(length, safe - at);
    System.arraycopy(buffer, at, into, offset, count);
    at += count;
    return count;
  }

  private String headers() throws IOException {
    var text = new ByteArrayOutputStream();
    int matched = 0;
    while (matched < HEADERS_END.length) {
      if (text.size() > LONGEST_HEADERS) {
        throw new IOException("the headers of a part are longer than " + LONGEST_HEADERS);
      }
      if (!has(1)) {
        throw new IOException("the form breaks off in the headers of a part");
      }
      byte letter = buffer[at++];
      text.write(letter);
      // What does not go on with the end may begin one.
      boolean goesOn = letter == HEADERS_END[matched];
      matched = goesOn ? matched + 1 : letter == HEADERS_END[0] ? 1 : 0;
    }
    return text.toString(UTF_8);
  }

  private static String disposition(String headers) {
    for (String line : headers.split("\r\n", -1)) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-disposition:")) {
        return line.substring(line.indexOf(':') + 1).strip();
      }
    }
    return "";
  }

  /** Whether so many bytes are there, after reading more if need be. */
  private boolean has(int count) throws IOException {
    while (end - at < count && fill()) {
      // Reads on.
    }
    return end - at >= count;
  }

  private boolean fill() throws IOException {
    if (at > 0) {
      System.arraycopy(buffer, at, buffer, 0, end - at);
      end -= at;
      at = 0;
    }
    int read = in.read(buffer, end, buffer.length - end);
    if (read > 0) {
      end += read;
    }
    return read >= 0;
  }

  private int indexOf(byte[] wanted) {
    int last = end - wanted.length;
    for (int i = at; i <= last; i++) {
      if (buffer[i] == wanted[0] && matches(wanted, i)) {
        return i;
      }
    }
    return -1;
  }

  private boolean matches(byte[] wanted, int from) {
    for (int i = 1; i < wanted.length; i++) {
      if (buffer[from + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }

  /** Reads the bytes of a part. */
  @FunctionalInterface
  interface Bytes {
    int read(byte[] into, int offset, int length) throws IOException;
  }

  /**
   * One part.
   *
   * @param about the parameters of its disposition: name, filename
   * @param bytes of it, until the next part is asked for
   */
  record Part(java.util.Map<String, String> about, Bytes bytes) {

    String name() {
      return about.getOrDefault("name", "");
    }

    /**
     * A field's value.
     *
     * @throws IOException when it is longer than any may be
     */
    String text(int most) throws IOException {
      var text = new ByteArrayOutputStream();
      byte[] piece = new byte[4096];
      int read = bytes.read(piece, 0, piece.length);
      while (read >= 0) {
        text.write(piece, 0, read);
        if (text.size() > most) {
          throw new IOException("the field '" + name() + "' is longer than " + most + " bytes");
        }
        read = bytes.read(piece, 0, piece.length);
      }
      return text.toString(UTF_8);
    }
  }
}
