package dev.offpeak.schemas.oracle;

import dev.offpeak.schemas.avro.AdmittedRequest;
import dev.offpeak.schemas.avro.ControlRecord;
import dev.offpeak.schemas.avro.DroppedDuplicate;
import dev.offpeak.schemas.avro.JobEnded;
import dev.offpeak.schemas.avro.JobRecord;
import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.avro.LlmRequest;
import dev.offpeak.schemas.avro.LlmResult;
import dev.offpeak.schemas.avro.QuotaRecord;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.avro.UsageRecord;
import dev.offpeak.schemas.registry.Registries;
import dev.offpeak.schemas.serde.SerdeFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;

/** Random records of every type that is in a topic. */
final class Samples {

  static final List<Class<? extends SpecificRecord>> TYPES =
      List.of(
          AdmittedRequest.class,
          ControlRecord.class,
          DroppedDuplicate.class,
          JobEnded.class,
          JobRecord.class,
          LlmFailure.class,
          LlmRequest.class,
          LlmResult.class,
          QuotaRecord.class,
          SealedBatch.class,
          UsageRecord.class);

  private static final int COUNT = 20;
  private static final long SEED = 7;

  private Samples() {}

  static <T extends SpecificRecord> List<T> of(Class<T> type) {
    Schema schema = SpecificData.get().getSchema(type);
    Map<String, String> properties = Map.of("schema.registry.url", "mock://samples");
    try (var registry = Registries.connect(properties);
        var serdes = SerdeFactory.of(properties);
        var deserializer = serdes.deserializer(type)) {
      int id = registry.register(type.getName(), schema);
      List<T> samples = new ArrayList<>();
      for (Object random : new RandomData(schema, COUNT, SEED)) {
        samples.add(deserializer.deserialize("samples", value(id, schema, random)));
      }
      return samples;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] value(int id, Schema schema, Object record) throws IOException {
    var bytes = new ByteArrayOutputStream();
    bytes.write(0);
    bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(id).array());
    var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<>(schema).write(record, encoder);
    encoder.flush();
    return bytes.toByteArray();
  }
}
