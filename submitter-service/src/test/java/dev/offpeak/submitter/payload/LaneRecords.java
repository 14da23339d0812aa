package dev.offpeak.submitter.payload;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.core.json.JsonCompaction;
import dev.offpeak.schemas.avro.AdmittedRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.kafka.common.errors.SerializationException;

/** Values of llm.lanes with a schema id of the test's choice. */
final class LaneRecords {

  /** The schema id that {@link #values} takes for this release's. */
  static final int OURS = 7;

  static {
    ClassSecurityValidator.setGlobal(
        type -> type.getName().startsWith("dev.offpeak.schemas.avro."));
  }

  private LaneRecords() {}

  static LaneValues values(String topic) {
    return new LaneValues(
        topic, (_, request) -> encode(OURS, request), (_, value) -> decode(value));
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

  static byte[] encode(int schemaId, AdmittedRequest request) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(ByteBuffer.allocate(5).put((byte) 0).putInt(schemaId).array());
    var encoder = EncoderFactory.get().binaryEncoder(out, null);
    try {
      new SpecificDatumWriter<>(AdmittedRequest.class).write(request, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static AdmittedRequest decode(byte[] value) {
    var decoder =
        DecoderFactory.get().binaryDecoder(Arrays.copyOfRange(value, 5, value.length), null);
    try {
      return new SpecificDatumReader<>(AdmittedRequest.class).read(null, decoder);
    } catch (IOException e) {
      throw new SerializationException(e);
    }
  }
}
