package dev.offpeak.ingest.files;

import dev.offpeak.ingest.http.ApiException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The form of an upload: a file and fields about it, in any order. */
final class UploadForm implements AutoCloseable {

  private static final Set<String> PURPOSES = Set.of("batch");
  private static final Duration USUAL_LIFE = Duration.ofDays(30);
  private static final Duration SHORTEST_LIFE = Duration.ofHours(1);
  private static final int LONGEST_NAME = 255;
  private static final int PIECE = 64 * 1024;

  private final FileStore files;
  private final String name;
  private final Map<String, String> fields = new HashMap<>();
  private FileStore.@Nullable Writing file;
  private String filename = "";

  /**
   * What is said about a file.
   *
   * @param life how long it is kept
   */
  record Terms(String filename, String purpose, Duration life) {}

  /**
   * @param name of the part that is the file
   */
  UploadForm(FileStore files, String name) {
    this.files = files;
    this.name = name;
  }

  /** Reads it to its end. */
  void read(MultipartForm form) throws IOException {
    MultipartForm.Part part = form.next();
    while (part != null) {
      if (part.name().equals(name)) {
        keep(part);
      } else {
        fields.put(part.name(), part.text(Uploads.longestField()));
      }
      part = form.next();
    }
  }

  private void keep(MultipartForm.Part part) throws IOException {
    if (file != null) {
      throw new IOException("it has more than one part named '" + name + "'");
    }
    filename = plainName(part.about().getOrDefault("filename", "file"));
    file = files.begin();
    byte[] piece = new byte[PIECE];
    int read = part.bytes().read(piece, 0, piece.length);
    while (read >= 0) {
      file.write(piece, 0, read);
      read = part.bytes().read(piece, 0, piece.length);
    }
  }

  /** A name and nothing else, whatever a client says. */
  static String plainName(String given) {
    String name = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
    String visible = name.replaceAll("\\p{Cntrl}", "");
    return visible.length() > LONGEST_NAME ? visible.substring(0, LONGEST_NAME) : visible;
  }

  /**
   * What was said about the file.
   *
   * @throws ApiException when something is missing or wrong
   */
  Terms terms() {
    if (file == null) {
      throw UploadOrder.missing(name);
    }
    String purpose = fields.get("purpose");
    if (purpose == null) {
      throw UploadOrder.missing("purpose");
    }
    return new Terms(filename, requirePurpose(purpose), life());
  }

  /**
   * That purpose.
   *
   * @throws ApiException when files are not taken for it
   */
  static String requirePurpose(String purpose) {
    if (!PURPOSES.contains(purpose)) {
      throw Uploads.bad("'" + purpose + "' is not one of ['batch'] - 'purpose'", "purpose");
    }
    return purpose;
  }

  private Duration life() {
    String seconds = fields.get("expires_after[seconds]");
    try {
      return life(seconds == null ? null : Long.valueOf(seconds));
    } catch (NumberFormatException e) {
      return life(0L);
    }
  }

  /**
   * How long a file is kept.
   *
   * @param seconds null when nothing is said
   * @throws ApiException when it may not be so short or long
   */
  static Duration life(@Nullable Long seconds) {
    if (seconds == null) {
      return USUAL_LIFE;
    }
    if (seconds < SHORTEST_LIFE.toSeconds() || seconds > USUAL_LIFE.toSeconds()) {
      throw Uploads.bad(
          "expires_after[seconds] must be a number from 3600 to 2592000", "expires_after");
    }
    return Duration.ofSeconds(seconds);
  }

  FileStore.Finished finish() throws IOException, InterruptedException {
    if (file == null) {
      throw UploadOrder.missing(name);
    }
    return file.finish();
  }

  @Override
  public void close() {
    if (file != null) {
      file.close();
    }
  }
}
