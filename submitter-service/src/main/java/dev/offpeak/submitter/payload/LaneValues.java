package dev.offpeak.submitter.payload;

import dev.offpeak.schemas.avro.AdmittedRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Values of llm.lanes: those that were written with this release's schema are known by their first
 * bytes and are read in place; all others are read whole.
 */
public final class LaneValues {

  /** Magic byte and schema id of the Confluent wire format. */
  private static final int HEADER_LENGTH = 5;

  /** The magic byte is 0, so that no value begins like this. */
  private static final byte[] NEVER = {-1};

  private final String topic;
  private final byte[] header;
  private final Deserializer<AdmittedRequest> whole;

  /**
   * Learns the schema id from the serializer. It counts only when what follows it is in the order
   * of this release's schema: a serializer may be set to write a subject's latest schema instead.
   *
   * @param topic full name of llm.lanes
   * @param whole reads a value whole, whatever version of the schema it was written with;
   *     thread-safe
   */
  public LaneValues(
      String topic, Serializer<AdmittedRequest> serializer, Deserializer<AdmittedRequest> whole) {
    this.topic = topic;
    this.whole = whole;
    AdmittedRequest sample = sample();
    byte[] written = serializer.serialize(topic, sample);
    byte[] inOurOrder = binary(sample);
    boolean isOurs =
        Arrays.equals(written, HEADER_LENGTH, written.length, inOurOrder, 0, inOurOrder.length);
    this.header = isOurs ? Arrays.copyOf(written, HEADER_LENGTH) : NEVER;
  }

  /** A reader of one thread. */
  LaneBody body() {
    return new LaneBody(header, this::whole);
  }

  private AdmittedRequest whole(ByteBuffer value) {
    byte[] bytes = new byte[value.remaining()];
    value.duplicate().get(bytes);
    return whole.deserialize(topic, bytes);
  }

  private static byte[] binary(AdmittedRequest request) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    try {
      new SpecificDatumWriter<>(AdmittedRequest.class).write(request, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    return out.toByteArray();
  }

  private static AdmittedRequest sample() {
    return AdmittedRequest.newBuilder()
        .setCustomId("custom id")
        .setTenant("tenant")
        .setReplayId("replay")
        .setAttempt(1)
        .setProvider("provider")
        .setAccount("account")
        .setEndpoint("endpoint")
        .setModel("model")
        .setLabels(Map.of("team", "label"))
        .setDeadline(Instant.ofEpochMilli(2))
        .setAdmittedAt(Instant.ofEpochMilli(3))
        .setSourcePartition(4)
        .setSourceOffset(5)
        .setEstimatedTokens(6)
        .setInputs(7)
        .setBodyHash(8)
        .setCompactLength(9)
        .setBodyStart(10)
        .setBodyLength(11)
        .setOriginal(ByteBuffer.allocate(1))
        .build();
  }
}
