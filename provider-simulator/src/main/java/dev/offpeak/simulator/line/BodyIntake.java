package dev.offpeak.simulator.line;

import com.fasterxml.jackson.core.JsonParser;
import dev.offpeak.simulator.json.Json;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Takes in the body of a create that carries its requests within it. The body goes to disk as it
 * arrives, while it is read once to check it and to note where each request stands; it is never in
 * memory.
 */
public final class BodyIntake implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path body;
  private final Path index;

  /**
   * An intake that writes to these two files, which are deleted in the end unless they were {@link
   * #moveTo moved}.
   */
  public BodyIntake(Path body, Path index) {
    this.body = body;
    this.index = index;
  }

  /** A body beyond its limit. */
  public static final class TooLong extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** Reads a body. */
  @FunctionalInterface
  public interface Reading<T> {
    /** Reads the JSON to its end and adds each request to the index. */
    T read(JsonParser json, LineIndex index) throws IOException;
  }

  /**
   * Takes a body in. Whatever is wrong with it, it is read to its end first, so that the caller is
   * ready to hear the answer.
   *
   * @throws TooLong when it has more bytes than the limit
   * @throws IOException when it is no JSON
   */
  public <T> T take(InputStream in, long limit, Reading<T> reading) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(body), BUFFER_BYTES);
        LineIndex places = new LineIndex(index);
        SpooledInput spooled = new SpooledInput(in, out, limit);
        JsonParser json =
            Json.FACTORY.createParser(new BufferedInputStream(spooled, BUFFER_BYTES))) {
      try {
        return reading.read(json, places);
      } finally {
        spooled.drain();
      }
    }
  }

  /** How many bytes the body had. */
  public long bytes() throws IOException {
    return Files.size(body);
  }

  /** Puts the two files to where they are needed. */
  public void moveTo(Path bodyTarget, Path indexTarget) throws IOException {
    Files.move(body, bodyTarget, StandardCopyOption.ATOMIC_MOVE);
    Files.move(index, indexTarget, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(body);
    Files.deleteIfExists(index);
  }
}
