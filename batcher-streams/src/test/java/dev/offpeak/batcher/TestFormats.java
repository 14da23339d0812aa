package dev.offpeak.batcher;

import dev.offpeak.batcher.stage.StageFormats;
import dev.offpeak.batcher.wire.LaneFormat;
import dev.offpeak.schemas.avro.AdmittedRequest;
import dev.offpeak.schemas.avro.ControlRecord;
import dev.offpeak.schemas.avro.LlmRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.kafka.common.errors.SerializationException;

/** Avro in the wire format with one schema id for everything, so that no registry is needed. */
final class TestFormats {

  private static final byte[] HEADER = {0, 0, 0, 0, 7};

  static {
    ClassSecurityValidator.setGlobal(
        type -> type.getName().startsWith("dev.offpeak.schemas.avro."));
  }

  private TestFormats() {}

  static StageFormats formats() {
    return new StageFormats(
        (headers, value) -> read(LlmRequest.getClassSchema(), value),
        TestFormats::admitted,
        TestFormats::write,
        new LaneFormat(TestFormats::write, TestFormats::admitted),
        TestFormats::write,
        TestFormats::write,
        TestFormats::write,
        TestFormats::write,
        value -> read(ControlRecord.getClassSchema(), value));
  }

  static byte[] write(SpecificRecord record) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(HEADER);
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    try {
      new SpecificDatumWriter<>(record.getSchema()).write(record, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static <T> T read(Schema schema, byte[] value) {
    try {
      return new SpecificDatumReader<T>(schema)
          .read(
              null,
              DecoderFactory.get()
                  .binaryDecoder(value, HEADER.length, value.length - HEADER.length, null));
    } catch (IOException | RuntimeException e) {
      throw new SerializationException("not a " + schema.getName(), e);
    }
  }

  private static AdmittedRequest admitted(byte[] value) {
    return read(AdmittedRequest.getClassSchema(), value);
  }
}
