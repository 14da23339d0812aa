package dev.offpeak.schemas.fuzz;

import dev.offpeak.schemas.avro.LlmRequest;
import dev.offpeak.schemas.registry.Registries;
import dev.offpeak.schemas.registry.SchemaRegistry;
import dev.offpeak.schemas.request.RequestDecoder;
import dev.offpeak.schemas.request.RequestDecoding;
import dev.offpeak.schemas.request.RequestDecoding.Undecodable;
import dev.offpeak.schemas.serde.SerdeFactory;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Values of llm.requests as Avro. The first byte of the input chooses the schema that it was
 * written with: ours, or one of a foreign writer who has more in it.
 */
public final class AvroRequestFuzz {

  private static final Map<String, String> PROPERTIES =
      Map.of("schema.registry.url", "mock://avro-request-fuzz");
  private static final int OURS;
  private static final int FOREIGN;

  static {
    try (SchemaRegistry registry = Registries.connect(PROPERTIES)) {
      OURS = registry.register("ours", LlmRequest.getClassSchema());
      FOREIGN = registry.register("foreign", foreign());
    }
  }

  private static final Deserializer<LlmRequest> READER =
      SerdeFactory.of(PROPERTIES).deserializer(LlmRequest.class);
  private static final RequestDecoder DECODER =
      new RequestDecoder((headers, value) -> READER.deserialize("requests", headers, value));

  private AvroRequestFuzz() {}

  /** Jazzer's entry. */
  public static void fuzzerTestOneInput(byte[] data) {
    if (data.length == 0) {
      return;
    }
    byte[] value = new byte[data.length + 4];
    value[4] = (byte) ((data[0] & 1) == 0 ? OURS : FOREIGN);
    System.arraycopy(data, 1, value, 5, data.length - 1);
    RequestDecoding decoding = DECODER.decode(value, new RecordHeaders());
    if (decoding instanceof Undecodable bad && bad.code().id().equals("unprocessable_record")) {
      JsonLineFuzz.must(bad.message().contains("can't be found in it"), bad.message());
      return;
    }
    JsonLineFuzz.check(value, decoding);
  }

  private static Schema foreign() {
    String more =
        """
        ,{"name":"nothings","type":{"type":"array","items":"null"}},
         {"name":"list","type":{"type":"record","name":"Cell","fields":[
           {"name":"next","type":["null","Cell"]}]}}]}\
        """;
    String ours = LlmRequest.getClassSchema().toString();
    return new Schema.Parser().parse(ours.substring(0, ours.lastIndexOf("]")) + more);
  }
}
