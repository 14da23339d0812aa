package dev.offpeak.submitter.payload;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.core.json.JsonCompaction;
import dev.offpeak.schemas.avro.AdmittedRequest;
import dev.offpeak.schemas.registry.Registries;
import dev.offpeak.schemas.serde.SerdeFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.EncoderFactory;

/** Values of llm.lanes as the batcher's serializer writes them, with a registry of their own. */
final class LaneRecords {

  private static final Map<String, String> REGISTRY =
      Map.of("schema.registry.url", "mock://lane-records");
  private static final SerdeFactory SERDES = SerdeFactory.of(REGISTRY);
  private static final Schema NEWER = newer();

  private LaneRecords() {}

  static LaneValues values(String topic) {
    return new LaneValues(
        topic,
        SERDES.serializer(AdmittedRequest.class),
        SERDES.deserializer(AdmittedRequest.class));
  }

  /** An OpenAI line around the body, admitted. */
  static AdmittedRequest request(String customId, String body) {
    String head = "{\"custom_id\":\"" + customId + "\",\"method\":\"POST\",\"body\":";
    byte[] bodyBytes = body.getBytes(UTF_8);
    return AdmittedRequest.newBuilder()
        .setCustomId(customId)
        .setTenant("tenant")
        .setAttempt(1)
        .setProvider("openai")
        .setAccount("main")
        .setEndpoint("/v1/chat/completions")
        .setModel("gpt-6-luna")
        .setLabels(Map.of("team", "support", "feature", "triage"))
        .setDeadline(Instant.ofEpochMilli(1_800_000_000_000L))
        .setAdmittedAt(Instant.ofEpochMilli(1_790_000_000_000L))
        .setSourcePartition(3)
        .setSourceOffset(123_456_789L)
        .setEstimatedTokens(10)
        .setBodyHash(-42)
        .setCompactLength(JsonCompaction.compactLength(bodyBytes, 0, bodyBytes.length))
        .setBodyStart(head.getBytes(UTF_8).length)
        .setBodyLength(bodyBytes.length)
        .setOriginal(ByteBuffer.wrap((head + body + "}").getBytes(UTF_8)))
        .build();
  }

  /** The value as this release writes it. */
  static byte[] encode(AdmittedRequest request) {
    return SERDES.serializer(AdmittedRequest.class).serialize("lanes", request);
  }

  /** The value as a release writes it that has a field more, at the beginning. */
  static byte[] encodeNewer(AdmittedRequest request) {
    int id = Registries.connect(REGISTRY).register("newer", NEWER);
    var record = new GenericData.Record(NEWER);
    record.put("priority", 1);
    for (Schema.Field field : AdmittedRequest.getClassSchema().getFields()) {
      Object value = request.get(field.pos());
      record.put(field.name(), value instanceof Instant time ? time.toEpochMilli() : value);
    }
    var out = new ByteArrayOutputStream();
    out.writeBytes(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
    var encoder = EncoderFactory.get().binaryEncoder(out, null);
    try {
      new GenericDatumWriter<>(NEWER).write(record, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static Schema newer() {
    String ours = AdmittedRequest.getClassSchema().toString();
    return new Schema.Parser()
        .parse(
            ours.replaceFirst(
                "\"fields\":\\[", "\"fields\":[{\"name\":\"priority\",\"type\":\"int\"},"));
  }
}
