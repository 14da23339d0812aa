package dev.offpeak.ingest.files;

import dev.offpeak.schemas.avro.StoredBytes;
import java.io.IOException;
import java.io.InputStream;

/** Keeps the bytes of files. What they are called and whose they are is none of its business. */
public interface FileStore {

  /** Begins a file. */
  Writing begin();

  /** The bytes of a file from its beginning; nothing of it is held in memory but a piece. */
  InputStream open(StoredBytes stored);

  /** Takes a file away. */
  void delete(StoredBytes stored);

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
