package dev.offpeak.batcher.wire;

import dev.offpeak.schemas.avro.AdmittedRequest;
import dev.offpeak.schemas.serde.AvroBounds;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** Reads values of llm.lanes into one view, over and over. Not thread-safe. */
public final class LaneReader {

  private static final Schema OURS = AdmittedRequest.getClassSchema();

  private final byte[] header;
  private final Function<byte[], AdmittedRequest> whole;
  private final LaneView view = new LaneView();
  private @Nullable BinaryDecoder decoder;

  LaneReader(byte[] header, Function<byte[], AdmittedRequest> whole) {
    this.header = header;
    this.whole = whole;
  }

  /**
   * A view of the value, valid until the next call.
   *
   * @throws SerializationException when it is no admitted request
   */
  public LaneView read(byte[] value) {
    if (!Arrays.equals(value, 0, header.length, header, 0, header.length)) {
      view.fill(whole.apply(value));
      return view;
    }
    try {
      AvroBounds.check(OURS, value);
      view.fill(decoder(value));
    } catch (IOException | RuntimeException e) {
      throw new SerializationException("a record of llm.lanes can't be read: " + e.getMessage(), e);
    }
    return view;
  }

  private BinaryDecoder decoder(byte[] value) {
    decoder =
        DecoderFactory.get()
            .binaryDecoder(value, header.length, value.length - header.length, decoder);
    return decoder;
  }
}
