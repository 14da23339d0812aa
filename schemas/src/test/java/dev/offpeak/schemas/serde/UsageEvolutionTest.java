package dev.offpeak.schemas.serde;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.schemas.avro.LlmResult;
import dev.offpeak.schemas.avro.UsageRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What version 0.1 has written is read, and what is written now is read by version 0.1. */
class UsageEvolutionTest {

  private static final long SEED = 13;

  @ParameterizedTest
  @ValueSource(strings = {"UsageRecord", "LlmResult"})
  void bothWays(String name) throws IOException {
    Schema old = old(name);
    Schema now = now(name);

    assertReads(now, old);
    assertReads(old, withoutLiveCalls(now));
  }

  /**
   * Version 0.1 reads all but calls at once, of which it knows nothing: its readers are renewed
   * before the first of these passes a gateway. Later readers take an unknown mode for SYNC.
   */
  private static Schema withoutLiveCalls(Schema schema) {
    String symbols = "\"symbols\":[\"BATCH\",\"SYNC\",\"LIVE\"]";
    String text = schema.toString();
    assertThat(text).contains(symbols);
    return new Schema.Parser().parse(text.replace(",\"LIVE\"", ""));
  }

  private static void assertReads(Schema reader, Schema writer) throws IOException {
    assertThat(SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getType())
        .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    for (Object random : new RandomData(writer, 20, SEED)) {
      GenericRecord written = (GenericRecord) random;
      GenericRecord read = reread(written, writer, reader);
      for (Schema.Field field : reader.getFields()) {
        Schema.Field theirs = writer.getField(field.name());
        if (theirs == null) {
          assertThat(read.get(field.pos()))
              .as(field.name())
              .isEqualTo(GenericData.get().getDefaultValue(field));
        } else if (field.schema().equals(theirs.schema())) {
          assertThat(String.valueOf(read.get(field.pos())))
              .as(field.name())
              .isEqualTo(String.valueOf(written.get(theirs.pos())));
        }
      }
    }
  }

  private static GenericRecord reread(GenericRecord record, Schema writer, Schema reader)
      throws IOException {
    var bytes = new ByteArrayOutputStream();
    var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(writer).write(record, encoder);
    encoder.flush();
    return new GenericDatumReader<GenericRecord>(writer, reader)
        .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
  }

  private static Schema now(String name) {
    return name.equals("LlmResult") ? LlmResult.getClassSchema() : UsageRecord.getClassSchema();
  }

  /** Tokens and the mode stand in the schema of results. */
  private static Schema old(String name) throws IOException {
    var parser = new Schema.Parser();
    Schema result = parser.parse(text("LlmResult"));
    return name.equals("LlmResult") ? result : parser.parse(text(name));
  }

  private static String text(String name) throws IOException {
    String file = "/evolution/" + name + "-0.1.avsc";
    try (InputStream in =
        Objects.requireNonNull(UsageEvolutionTest.class.getResourceAsStream(file), file)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
