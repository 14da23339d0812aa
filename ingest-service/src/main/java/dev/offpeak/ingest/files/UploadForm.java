package dev.offpeak.ingest.files;

import dev.offpeak.ingest.http.ApiError;
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
  private final Map<String, String> fields = new HashMap<>();
  private FileStore.@Nullable Writing file;
  private String filename = "";

  /**
   * What is said about a file.
   *
   * @param life how long it is kept
   */
  record Terms(String filename, String purpose, Duration life) {}

  UploadForm(FileStore files) {
    this.files = files;
  }

  /** Reads it to its end. */
  void read(MultipartForm form) throws IOException {
    MultipartForm.Part part = form.next();
    while (part != null) {
      if (part.name().equals("file")) {
        keep(part);
      } else {
        fields.put(part.name(), part.text(Uploads.longestField()));
      }
      part = form.next();
    }
  }

  private void keep(MultipartForm.Part part) throws IOException {
    if (file != null) {
      throw new IOException("it has more than one part named 'file'");
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
  private static String plainName(String given) {
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
      throw missing("file");
    }
    String purpose = fields.get("purpose");
    if (purpose == null) {
      throw missing("purpose");
    }
    if (!PURPOSES.contains(purpose)) {
      throw Uploads.bad("'" + purpose + "' is not one of ['batch'] - 'purpose'", "purpose");
    }
    return new Terms(filename, purpose, life());
  }

  private Duration life() {
    String seconds = fields.get("expires_after[seconds]");
    if (seconds == null) {
      return USUAL_LIFE;
    }
    try {
      Duration life = Duration.ofSeconds(Long.parseLong(seconds));
      if (life.compareTo(SHORTEST_LIFE) >= 0 && life.compareTo(USUAL_LIFE) <= 0) {
        return life;
      }
    } catch (NumberFormatException e) {
      // Said below, with what may stand there.
    }
    throw Uploads.bad(
        "expires_after[seconds] must be a number from 3600 to 2592000", "expires_after");
  }

  FileStore.Finished finish() throws IOException, InterruptedException {
    if (file == null) {
      throw missing("file");
    }
    return file.finish();
  }

  private static ApiException missing(String part) {
    return new ApiException(
        new ApiError(
            400,
            "missing_required_parameter",
            "Missing required parameter: '" + part + "'.",
            part));
  }

  @Override
  public void close() {
    if (file != null) {
      file.close();
    }
  }
}
