package dev.offpeak.schemas.serde;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/** How records of one type are written to one topic. Thread-safe. */
sealed interface RecordForm {

  /** The value of a record, written in that buffer. */
  byte[] write(SpecificRecord record, RecordBuffer buffer) throws IOException;

  /** In the record's own schema. */
  record AsIs(byte[] header, DatumWriter<SpecificRecord> writer) implements RecordForm {

    @Override
    public byte[] write(SpecificRecord record, RecordBuffer buffer) throws IOException {
      BinaryEncoder encoder = buffer.begin(header);
      writer.write(record, encoder);
      encoder.flush();
      return buffer.value();
    }
  }

  /**
   * In another schema, by the rules of schema resolution: what it lacks is left out, what it has
   * more gets its default.
   */
  record Converted(byte[] header, AsIs own, Schema from, Schema to) implements RecordForm {

    @Override
    public byte[] write(SpecificRecord record, RecordBuffer buffer) throws IOException {
      byte[] value = own.write(record, buffer);
      var decoder =
          DecoderFactory.get()
              .binaryDecoder(
                  value, WireFormat.HEADER_LENGTH, value.length - WireFormat.HEADER_LENGTH, null);
      Object converted = new GenericDatumReader<>(from, to).read(null, decoder);
      BinaryEncoder encoder = buffer.begin(header);
      new GenericDatumWriter<>(to).write(converted, encoder);
      encoder.flush();
      return buffer.value();
    }
  }

  /** Records of that type and schema, named by that id. */
  static AsIs asIs(int schemaId, Class<?> type, Schema schema) {
    return new AsIs(
        WireFormat.header(schemaId),
        new SpecificDatumWriter<>(schema, SpecificData.getForClass(type)));
  }

  /** The same, written in another schema. */
  static Converted converted(int schemaId, Class<?> type, Schema from, Schema to) {
    return new Converted(WireFormat.header(schemaId), asIs(schemaId, type, from), from, to);
  }
}
