package dev.offpeak.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.offpeak.schemas.avro.ControlAction;
import dev.offpeak.schemas.avro.ControlRecord;
import dev.offpeak.schemas.registry.Registries;
import dev.offpeak.schemas.registry.RegistryRefusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

/** Records written by older and newer releases, and for subjects whose schema differs from ours. */
class EvolutionTest {

  private static final String TOPIC = "llm.control";
  private static final String SUBJECT = "llm.control-value";

  private static final ControlRecord FLUSH =
      ControlRecord.newBuilder()
          .setAction(ControlAction.FLUSH)
          .setLane("a lane")
          .setIssuedAt(Instant.ofEpochMilli(1_795_521_600_123L))
          .build();

  /** Fewer fields than ours, another order, one more; as another language would write them. */
  private static final Schema OTHER =
      new Schema.Parser()
          .parse(
              """
              {"type":"record","name":"ControlRecord","namespace":"dev.offpeak.schemas.avro",
               "fields":[
                {"name":"issued_at","type":{"type":"long","logicalType":"timestamp-millis"}},
                {"name":"reason","type":"string","default":"none"},
                {"name":"lane","type":["null","string"],"default":null},
                {"name":"action","type":{"type":"enum","name":"ControlAction",
                  "symbols":["DISCARD","CANCEL","FLUSH","ADOPT","PAUSE","RESUME","USABLE","UNUSABLE"]}}]}
              """);

  @Test
  void anotherVersionIsReadAsOurs() throws IOException {
    var properties = registry("read");
    int id = register(properties, OTHER);
    var record = new GenericData.Record(OTHER);
    record.put("issued_at", 1_795_521_600_123L);
    record.put("reason", "because");
    record.put("lane", "a lane");
    record.put("action", new GenericData.EnumSymbol(OTHER.getField("action").schema(), "FLUSH"));

    try (var serdes = SerdeFactory.of(properties)) {
      assertThat(serdes.deserializer(ControlRecord.class).deserialize(TOPIC, value(id, record)))
          .isEqualTo(FLUSH);
    }
  }

  @Test
  void anActionThatWeDoNotKnowIsRefused() throws IOException {
    var properties = registry("unknown-symbol");
    Schema newer =
        new Schema.Parser().parse(OTHER.toString().replace("\"FLUSH\"", "\"FLUSH\",\"DANCE\""));
    int id = register(properties, newer);
    var record = new GenericData.Record(newer);
    record.put("issued_at", 0L);
    record.put("reason", "");
    record.put("action", new GenericData.EnumSymbol(newer.getField("action").schema(), "DANCE"));

    try (var serdes = SerdeFactory.of(properties)) {
      assertThatThrownBy(
              () -> serdes.deserializer(ControlRecord.class).deserialize(TOPIC, value(id, record)))
          .isInstanceOf(SerializationException.class)
          .hasMessageContaining("DANCE");
    }
  }

  @Test
  void recordsAreWrittenInTheSubjectsLatestSchema() throws IOException {
    var properties =
        registry("latest", "auto.register.schemas", "false", "use.latest.version", true);
    int id = register(properties, OTHER);

    try (var serdes = SerdeFactory.of(properties)) {
      byte[] value = serdes.serializer(ControlRecord.class).serialize(TOPIC, FLUSH);

      assertThat(WireFormat.schemaId(TOPIC, value)).isEqualTo(id);
      GenericRecord written = read(OTHER, value);
      assertThat(written.get("lane")).hasToString("a lane");
      assertThat(written.get("reason")).hasToString("none");
      assertThat(written.get("action")).hasToString("FLUSH");
      assertThat(serdes.deserializer(ControlRecord.class).deserialize(TOPIC, value))
          .isEqualTo(FLUSH);
    }
  }

  @Test
  void aLatestSchemaThatAsksForMoreThanWeHaveIsRefused() {
    var properties =
        registry("latest-more", "auto.register.schemas", "false", "use.latest.version", true);
    register(
        properties,
        new Schema.Parser().parse(OTHER.toString().replace(",\"default\":\"none\"", "")));

    try (var serdes = SerdeFactory.of(properties)) {
      assertThatThrownBy(() -> serdes.serializer(ControlRecord.class).serialize(TOPIC, FLUSH))
          .isInstanceOf(RegistryRefusal.class)
          .hasMessageContaining("can't be written in the latest schema of subject " + SUBJECT)
          .hasMessageContaining("reason");
    }
  }

  @Test
  void withoutRegisteringASchemaMustBeThere() {
    var properties = registry("no-register", "auto.register.schemas", false);
    try (var serdes = SerdeFactory.of(properties)) {
      var serializer = serdes.serializer(ControlRecord.class);
      assertThatThrownBy(() -> serializer.serialize(TOPIC, FLUSH))
          .isInstanceOf(RegistryRefusal.class)
          .hasMessageContaining("there is no subject " + SUBJECT)
          .hasMessageContaining("auto.register.schemas");

      int id = register(properties, ControlRecord.getClassSchema());

      assertThat(WireFormat.schemaId(TOPIC, serializer.serialize(TOPIC, FLUSH))).isEqualTo(id);
    }
  }

  @Test
  void aSchemaRegisteredFromItsFileIsFoundWithoutJavaProperties() throws IOException {
    var properties =
        registry("no-java", "auto.register.schemas", false, "avro.remove.java.properties", true);
    Schema asInFile;
    try (var file = Files.newInputStream(Path.of("src/main/avro/ControlRecord.avsc"))) {
      asInFile = new Schema.Parser().parse(file);
    }
    int id = register(properties, asInFile);

    try (var serdes = SerdeFactory.of(properties)) {
      byte[] value = serdes.serializer(ControlRecord.class).serialize(TOPIC, FLUSH);

      assertThat(WireFormat.schemaId(TOPIC, value)).isEqualTo(id);
      assertThat(serdes.deserializer(ControlRecord.class).deserialize(TOPIC, value))
          .isEqualTo(FLUSH);
    }
  }

  private static Map<String, Object> registry(String name, Object... more) {
    var properties = new HashMap<String, Object>();
    properties.put("schema.registry.url", "mock://evolution-" + name);
    for (int i = 0; i < more.length; i += 2) {
      properties.put(more[i].toString(), more[i + 1]);
    }
    return properties;
  }

  private static int register(Map<String, Object> properties, Schema schema) {
    try (var registry = Registries.connect(properties)) {
      return registry.register(SUBJECT, schema);
    }
  }

  private static byte[] value(int id, GenericRecord record) throws IOException {
    var out = new ByteArrayOutputStream();
    out.writeBytes(WireFormat.header(id));
    var encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  private static GenericRecord read(Schema schema, byte[] value) throws IOException {
    return new GenericDatumReader<GenericRecord>(schema)
        .read(
            null,
            DecoderFactory.get()
                .binaryDecoder(
                    value,
                    WireFormat.HEADER_LENGTH,
                    value.length - WireFormat.HEADER_LENGTH,
                    null));
  }
}
