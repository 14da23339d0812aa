package dev.offpeak.ingest.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.schemas.avro.GatewayWriting;
import dev.offpeak.schemas.avro.StoredBytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Files that are gone with the test. */
public final class MemoryFiles implements FileStore {

  private final Map<String, byte[]> all = new HashMap<>();

  /** What a file holds. */
  public String text(Finished file) {
    return new String(all.getOrDefault(file.stored().getName(), new byte[0]), UTF_8);
  }

  @Override
  public Writing begin() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    return new Writing() {
      @Override
      public void write(byte[] more, int offset, int length) {
        bytes.write(more, offset, length);
      }

      @Override
      public Finished finish() {
        String name = "f" + all.size();
        all.put(name, bytes.toByteArray());
        return new Finished(
            new StoredBytes(name, 0, 0L, 1, ByteBuffer.allocate(0), (long) bytes.size(), List.of()),
            bytes.size(),
            "");
      }

      @Override
      public void close() {
        // Nothing was kept.
      }
    };
  }

  @Override
  public InputStream open(StoredBytes stored, long from) {
    byte[] bytes = all.getOrDefault(stored.getName(), new byte[0]);
    return new ByteArrayInputStream(bytes, (int) from, bytes.length - (int) from);
  }

  @Override
  public void delete(StoredBytes stored) {
    all.remove(stored.getName());
  }

  @Override
  public void sweep(GatewayWriting writing, Instant begun, Instant ended) {
    // There is never anything to be found.
  }
}
