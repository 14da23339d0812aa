package dev.offpeak.batcher.wire;

import dev.offpeak.schemas.avro.AdmittedRequest;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;

/**
 * The form of llm.lanes: whichever schema id the serializer writes for this release's
 * AdmittedRequest is written, and read, without it.
 */
public final class LaneFormat {

  /** Magic byte and schema id. */
  private static final int HEADER_LENGTH = 5;

  private final byte[] header;
  private final Function<byte[], AdmittedRequest> whole;

  /**
   * Learns the schema id from the serializer.
   *
   * @param whole reads a value whole, whatever version of the schema it was written with
   */
  public LaneFormat(
      Function<AdmittedRequest, byte[]> serializer, Function<byte[], AdmittedRequest> whole) {
    this.header = Arrays.copyOf(serializer.apply(smallest()), HEADER_LENGTH);
    this.whole = whole;
  }

  /** A writer of one thread. */
  public LaneWriter writer() {
    return new LaneWriter(header);
  }

  /** A reader of one thread. */
  public LaneReader reader() {
    return new LaneReader(header, whole);
  }

  private static AdmittedRequest smallest() {
    return AdmittedRequest.newBuilder()
        .setCustomId("")
        .setTenant("")
        .setAttempt(1)
        .setProvider("")
        .setAccount("")
        .setEndpoint("")
        .setModel("")
        .setLabels(Map.of())
        .setAdmittedAt(Instant.EPOCH)
        .setSourcePartition(0)
        .setSourceOffset(0)
        .setEstimatedTokens(0)
        .setBodyHash(0)
        .setCompactLength(0)
        .setBodyStart(0)
        .setBodyLength(0)
        .setOriginal(ByteBuffer.allocate(0))
        .build();
  }
}
