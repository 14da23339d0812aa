package dev.offpeak.batcher.wire;

import dev.offpeak.schemas.avro.AdmittedRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Function;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** Reads values of llm.lanes into one view, over and over. Not thread-safe. */
public final class LaneReader {

  private final byte[] header;
  private final Function<byte[], AdmittedRequest> whole;
  private final LaneView view = new LaneView();
  private @Nullable BinaryDecoder decoder;

  LaneReader(byte[] header, Function<byte[], AdmittedRequest> whole) {
    this.header = header;
    this.whole = whole;
  }

  /** A view of the value, valid until the next call. */
  public LaneView read(byte[] value) {
    if (!Arrays.equals(value, 0, header.length, header, 0, header.length)) {
      view.fill(whole.apply(value));
      return view;
    }
    decoder =
        DecoderFactory.get()
            .binaryDecoder(value, header.length, value.length - header.length, decoder);
    try {
      view.fill(decoder);
    } catch (IOException e) {
      throw new SerializationException("a record of llm.lanes breaks off", e);
    }
    return view;
  }
}
