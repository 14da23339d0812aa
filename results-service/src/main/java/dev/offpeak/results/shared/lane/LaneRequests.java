package dev.offpeak.results.shared.lane;

import dev.offpeak.schemas.avro.AdmittedRequest;
import dev.offpeak.schemas.request.OffpeakHeaders;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Reads the records of llm.lanes, and writes them anew for another attempt. */
public final class LaneRequests {

  private final Deserializer<AdmittedRequest> reader;
  private final Serializer<AdmittedRequest> writer;

  /** With these serdes. */
  public LaneRequests(Deserializer<AdmittedRequest> reader, Serializer<AdmittedRequest> writer) {
    this.reader = reader;
    this.writer = writer;
  }

  /** The request of a record of llm.lanes. */
  public LaneRequest read(ConsumerRecord<byte[], byte[]> record) {
    AdmittedRequest request = reader.deserialize(record.topic(), record.value());
    return new LaneRequest(
        key(record.headers()),
        usersOwn(record.headers()),
        request.getCustomId(),
        request.getTenant(),
        request.getReplayId(),
        request.getLabels(),
        request.getAttempt(),
        request.getModel(),
        request.getDeadline(),
        request.getAdmittedAt(),
        request.getSourcePartition(),
        request.getSourceOffset(),
        request.getOriginal());
  }

  /** The user's record key. */
  public static byte @Nullable [] key(Headers headers) {
    Header key = headers.lastHeader(OffpeakHeaders.KEY);
    return key == null ? null : key.value();
  }

  /** The user's headers. */
  public static List<Header> usersOwn(Headers headers) {
    List<Header> own = new ArrayList<>();
    for (Header header : headers) {
      if (!header.key().startsWith(OffpeakHeaders.PREFIX)) {
        own.add(header);
      }
    }
    return own;
  }

  /** The body of that request, as the user wrote it. */
  public byte[] body(ConsumerRecord<byte[], byte[]> record) {
    AdmittedRequest request = reader.deserialize(record.topic(), record.value());
    byte[] body = new byte[request.getBodyLength()];
    ByteBuffer original = request.getOriginal();
    original.get(original.position() + request.getBodyStart(), body);
    return body;
  }

  /** The value for llm.retries: the same request with that attempt. */
  public byte[] again(ConsumerRecord<byte[], byte[]> record, int attempt, String retriesTopic) {
    AdmittedRequest request = reader.deserialize(record.topic(), record.value());
    return writer.serialize(
        retriesTopic, AdmittedRequest.newBuilder(request).setAttempt(attempt).build());
  }
}
