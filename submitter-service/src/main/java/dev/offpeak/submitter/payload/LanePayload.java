package dev.offpeak.submitter.payload;

import dev.offpeak.core.lane.Lane;
import dev.offpeak.core.seal.Manifest;
import dev.offpeak.provider.BatchFormat;
import dev.offpeak.provider.Payload;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The input file of one batch, read from llm.lanes while it is written. It has a place in the
 * uploads' common budget until it is closed.
 */
public final class LanePayload implements Payload, AutoCloseable {

  private final Lane lane;
  private final Manifest manifest;
  private final long length;
  private final BatchFormat format;
  private final LaneValues values;
  private final LaneRequestReaders readers;
  private final Runnable onClose;
  private boolean closed;

  LanePayload(
      Lane lane,
      Manifest manifest,
      long length,
      BatchFormat format,
      LaneValues values,
      LaneRequestReaders readers,
      Runnable onClose) {
    this.lane = lane;
    this.manifest = manifest;
    this.length = length;
    this.format = format;
    this.values = values;
    this.readers = readers;
    this.onClose = onClose;
  }

  @Override
  public long length() {
    return length;
  }

  /**
   * {@inheritDoc}
   *
   * @throws PositionsLost when requests of the batch are not in llm.lanes any more
   */
  @Override
  public void writeTo(OutputStream sink) throws IOException {
    readers.use(
        reader -> {
          format.writeHead(sink);
          reader.read(manifest, new Lines(sink));
          format.writeTail(sink);
        });
  }

  /** Gives the place in the budget back. May be repeated. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      onClose.run();
    }
  }

  private final class Lines implements LaneRequestReader.RequestSink {

    private final OutputStream sink;
    private final LaneBody body = values.body();
    private boolean hasLines;

    Lines(OutputStream sink) {
      this.sink = sink;
    }

    @Override
    public void accept(long offset, @Nullable ByteBuffer value) throws IOException {
      try {
        body.moveTo(value);
      } catch (IOException e) {
        throw new RequestUnusable(new TopicPartition("llm.lanes", manifest.partition()), offset, e);
      }
      if (hasLines) {
        format.writeSeparator(sink);
      }
      hasLines = true;
      format.writeLine(
          lane,
          manifest.partition(),
          offset,
          body.bytes(),
          body.start(),
          body.length(),
          body.isCompact(),
          sink);
    }
  }
}
