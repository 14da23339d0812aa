package dev.offpeak.simulator.gemini.files;

import dev.offpeak.simulator.ledger.Sha256;
import dev.offpeak.simulator.store.StoredFile;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * An upload that can be taken up again. Whatever happens to a connection, the session holds a whole
 * number of units of the chunk granularity: what came in beyond the last of them is forgotten and
 * has to be sent again.
 */
final class UploadSession {
  private static final int USUAL_UNIT = 1 << 18;

  private final Plan plan;
  private final Path part;
  private final int unit;
  private final MessageDigest digest = Sha256.digest();
  private long received;
  private boolean cancelled;
  private @Nullable StoredFile file;

  /**
   * What was said when the upload began.
   *
   * @param owner who uploads
   * @param name the id that the file is to have
   * @param displayName the user's name for it, may be empty
   * @param mimeType what it is
   * @param declaredBytes its size, -1 when it was not said
   */
  record Plan(String owner, String name, String displayName, String mimeType, long declaredBytes) {}

  UploadSession(Plan plan, Path part, int granularity) {
    this.plan = plan;
    this.part = part;
    this.unit = granularity == 0 ? USUAL_UNIT : granularity;
  }

  Plan plan() {
    return plan;
  }

  Path part() {
    return part;
  }

  synchronized long received() {
    return received;
  }

  synchronized @Nullable StoredFile file() {
    return file;
  }

  synchronized boolean active() {
    return file == null && !cancelled;
  }

  synchronized void cancel() {
    cancelled = true;
  }

  synchronized void finished(StoredFile stored) {
    file = stored;
  }

  /** The hash of what was received, in hex. */
  synchronized String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** A chunk that does not begin where the last one ended. */
  static final class WrongOffset extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** More than was declared, or than a file may have. */
  static final class TooMuch extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Takes a chunk in.
   *
   * @param offset where in the file it begins
   * @param most the most bytes that the whole file may have
   * @param wholeUnits whether what is beyond the last whole unit does not count
   * @return how many bytes it had
   */
  synchronized long append(InputStream in, long offset, long most, boolean wholeUnits)
      throws IOException {
    if (offset != received) {
      throw new WrongOffset();
    }
    try (FileOutputStream out = new FileOutputStream(part.toFile(), true);
        BufferedOutputStream buffered = new BufferedOutputStream(out)) {
      out.getChannel().truncate(received);
      // Not a field: sessions are kept, and there may be thousands of them.
      byte[] buffer = new byte[unit];
      while (true) {
        // Throws when the connection breaks: the units before this one stay.
        int read = in.readNBytes(buffer, 0, unit);
        if (received + read > most) {
          throw new TooMuch();
        }
        if (read < unit && wholeUnits) {
          return received + read - offset;
        }
        buffered.write(buffer, 0, read);
        digest.update(buffer, 0, read);
        received += read;
        if (read < unit) {
          return received - offset;
        }
      }
    }
  }
}
