package dev.offpeak.ingest.files;

import dev.offpeak.schemas.avro.GatewayFile;
import dev.offpeak.schemas.avro.GatewayWriting;
import dev.offpeak.schemas.avro.StoredBytes;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;

/** Keeps the bytes of files. What they are called and whose they are is none of its business. */
public interface FileStore {

  /** Begins a file. */
  Writing begin();

  /**
   * What is stored there; nothing of it is held in memory but a piece.
   *
   * @param from the first byte that is wanted
   */
  InputStream open(StoredBytes stored, long from);

  /** Takes that away. */
  void delete(StoredBytes stored);

  /** Takes away what was written of something that no object has. */
  void sweep(GatewayWriting writing, Instant begun, Instant ended)
      throws IOException, InterruptedException;

  /** What is stored there from its beginning. */
  default InputStream open(StoredBytes stored) {
    return open(stored, 0);
  }

  /**
   * The bytes of a file, which may have come in parts.
   *
   * @param from the first byte that is wanted
   */
  default InputStream open(GatewayFile file, long from) {
    return file.getFurther().isEmpty()
        ? open(file.getStored(), from)
        : new PartsStream(this, file, from);
  }

  /** Takes a file away. */
  default void delete(GatewayFile file) {
    delete(file.getStored());
    file.getFurther().forEach(this::delete);
  }

  /** A file that comes in; closed before it is finished it leaves nothing behind. */
  interface Writing extends AutoCloseable {

    /** Takes more of it. */
    void write(byte[] bytes, int offset, int length) throws IOException;

    /** All of it has come; returns when it is safe. */
    Finished finish() throws IOException, InterruptedException;

    @Override
    void close();
  }

  /**
   * A file that is safe.
   *
   * @param stored where
   * @param bytes of it
   * @param sha256 of these, in hexadecimal digits
   */
  record Finished(StoredBytes stored, long bytes, String sha256) {}
}
