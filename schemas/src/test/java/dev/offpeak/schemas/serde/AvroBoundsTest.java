package dev.offpeak.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

class AvroBoundsTest {

  private interface Writing {
    void to(BinaryEncoder out) throws IOException;
  }

  @Test
  void anArrayOfNothingIsRefusedBeforeItIsCounted() throws IOException {
    Schema nulls = new Schema.Parser().parse("{\"type\":\"array\",\"items\":\"null\"}");

    assertThatThrownBy(() -> AvroBounds.check(nulls, value(out -> out.writeLong(3_000_000_000L))))
        .hasMessageContaining("a block of 3000000000 elements");
    // Many blocks of few.
    byte[] blocks =
        value(
            out -> {
              for (int i = 0; i < 1_000; i++) {
                out.writeLong(60_000);
              }
              out.writeLong(0);
            });
    assertThatThrownBy(() -> AvroBounds.check(nulls, blocks)).isInstanceOf(IOException.class);
    assertThatCode(
            () ->
                AvroBounds.check(
                    nulls,
                    value(
                        out -> {
                          out.writeLong(60_000);
                          out.writeLong(0);
                        })))
        .doesNotThrowAnyException();
  }

  @Test
  void lengthsBeyondTheEndAreRefused() throws IOException {
    for (Schema.Type type : List.of(Schema.Type.STRING, Schema.Type.BYTES)) {
      for (long length : new long[] {-1, Long.MIN_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE, 1}) {
        assertThatThrownBy(
                () -> AvroBounds.check(Schema.create(type), value(out -> out.writeLong(length))))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("a length is " + length);
      }
    }
  }

  @Test
  void nestingHasAnEnd() throws IOException {
    Schema recursive =
        new Schema.Parser()
            .parse(
                "{\"type\":\"record\",\"name\":\"R\",\"fields\":"
                    + "[{\"name\":\"next\",\"type\":[\"null\",\"R\"]}]}");
    byte[] deep =
        value(
            out -> {
              for (int i = 0; i < 1_000_000; i++) {
                out.writeIndex(1);
              }
              out.writeIndex(0);
            });

    assertThatThrownBy(() -> AvroBounds.check(recursive, deep)).hasMessageContaining("nested");
  }

  @Test
  void whatAvroWritesPasses() throws IOException {
    Schema schema =
        new Schema.Parser()
            .parse(
                """
                {"type":"record","name":"All","fields":[
                  {"name":"b","type":"boolean"},{"name":"i","type":"int"},
                  {"name":"l","type":"long"},{"name":"f","type":"float"},
                  {"name":"d","type":"double"},{"name":"s","type":"string"},
                  {"name":"e","type":{"type":"enum","name":"E","symbols":["A","B"]}},
                  {"name":"x","type":{"type":"fixed","name":"X","size":3}},
                  {"name":"a","type":{"type":"array","items":"long"}},
                  {"name":"m","type":{"type":"map","values":["null","string"]}}]}
                """);
    GenericData.Record all = new GenericData.Record(schema);
    all.put("b", true);
    all.put("i", Integer.MIN_VALUE);
    all.put("l", Long.MIN_VALUE);
    all.put("f", 1f);
    all.put("d", 1d);
    all.put("s", "text");
    all.put("e", new GenericData.EnumSymbol(schema.getField("e").schema(), "B"));
    all.put("x", new GenericData.Fixed(schema.getField("x").schema(), new byte[3]));
    all.put("a", List.of(1L, Long.MAX_VALUE));
    all.put("m", Collections.singletonMap("k", null));
    byte[] value = value(out -> new GenericDatumWriter<>(schema).write(all, out));

    assertThatCode(() -> AvroBounds.check(schema, value)).doesNotThrowAnyException();
    for (int length = WireFormat.HEADER_LENGTH; length < value.length; length++) {
      byte[] cut = Arrays.copyOf(value, length);
      assertThatThrownBy(() -> AvroBounds.check(schema, cut)).isInstanceOf(IOException.class);
    }
    assertThat(value).hasSizeGreaterThan(40);
  }

  private static byte[] value(Writing writing) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(WireFormat.header(7));
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    writing.to(encoder);
    encoder.flush();
    return out.toByteArray();
  }
}
