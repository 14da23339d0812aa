package dev.offpeak.ingest.files;

import dev.offpeak.schemas.avro.GatewayFile;
import dev.offpeak.schemas.avro.StoredBytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bytes of a file that came in parts, one part after the other. */
final class PartsStream extends InputStream {

  private final FileStore files;
  private final List<StoredBytes> left;
  private long skip;
  private @Nullable InputStream part;

  PartsStream(FileStore files, GatewayFile file, long from) {
    this.files = files;
    this.left = new ArrayList<>(file.getFurther());
    this.left.addFirst(file.getStored());
    this.skip = from;
    while (!left.isEmpty() && skip >= left.getFirst().getBytes()) {
      skip -= left.removeFirst().getBytes();
    }
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    while (true) {
      InputStream open = part;
      if (open == null) {
        if (left.isEmpty()) {
          return -1;
        }
        open = files.open(left.removeFirst(), skip);
        skip = 0;
        part = open;
      }
      int read = open.read(into, offset, length);
      if (read >= 0) {
        return read;
      }
      close();
    }
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public void close() throws IOException {
    if (part != null) {
      part.close();
      part = null;
    }
  }
}
