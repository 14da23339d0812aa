package dev.offpeak.submitter.payload;

import dev.offpeak.schemas.avro.AdmittedRequest;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Values of llm.lanes: those that were written with this release's schema are known by their first
 * bytes and are read in place; all others are read whole.
 */
public final class LaneValues {

  /** Magic byte and schema id of the Confluent wire format. */
  private static final int HEADER_LENGTH = 5;

  private final String topic;
  private final byte[] header;
  private final Deserializer<AdmittedRequest> whole;
  private final Lock oneAtATime = new ReentrantLock();

  /**
   * Learns the schema id from the serializer.
   *
   * @param topic full name of llm.lanes
   * @param whole reads a value whole, whatever version of the schema it was written with
   */
  public LaneValues(
      String topic, Serializer<AdmittedRequest> serializer, Deserializer<AdmittedRequest> whole) {
    this.topic = topic;
    this.header = Arrays.copyOf(serializer.serialize(topic, smallest()), HEADER_LENGTH);
    this.whole = whole;
  }

  /** A reader of one thread. */
  LaneBody body() {
    return new LaneBody(header, this::whole);
  }

  /** Records of other releases are rare, and a deserializer need not be thread-safe. */
  private AdmittedRequest whole(ByteBuffer value) {
    byte[] bytes = new byte[value.remaining()];
    value.duplicate().get(bytes);
    oneAtATime.lock();
    try {
      return whole.deserialize(topic, bytes);
    } finally {
      oneAtATime.unlock();
    }
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
