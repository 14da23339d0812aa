package dev.offpeak.simulator.run;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.simulator.fault.JobScript.LineFate;
import dev.offpeak.simulator.json.Json;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** An output or error file while it grows. */
final class ResultFile implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final FileOutputStream file;
  private final OutputStream out;
  private final JsonGenerator json;

  /**
   * Goes on with a file.
   *
   * @param keepBytes how much of what is there counts; the rest is cut off
   */
  ResultFile(Path path, long keepBytes) throws IOException {
    file = new FileOutputStream(path.toFile(), true);
    file.getChannel().truncate(keepBytes);
    out = new BufferedOutputStream(file, BUFFER_BYTES);
    json = Json.FACTORY.createGenerator(out);
    json.setRootValueSeparator(null);
  }

  /** Writes a line, or what a fault makes of it. */
  void write(LineFate fate, Json.Writer line) throws IOException {
    switch (fate) {
      case PLAIN -> writeOnce(line);
      case DUPLICATE -> {
        writeOnce(line);
        writeOnce(line);
      }
      case GARBLED -> {
        byte[] whole = Json.bytes(line);
        json.flush();
        out.write(whole, 0, whole.length / 2);
        out.write('\n');
      }
      case MISSING -> {}
    }
  }

  private void writeOnce(Json.Writer line) throws IOException {
    line.write(json);
    json.writeRaw('\n');
  }

  /**
   * Hands everything to the operating system.
   *
   * @return the length of the file now
   */
  long flush() throws IOException {
    json.flush();
    return file.getChannel().size();
  }

  @Override
  public void close() throws IOException {
    json.close();
  }
}
