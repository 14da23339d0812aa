package dev.offpeak.submitter.payload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.offpeak.schemas.avro.AdmittedRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LaneBodyTest {

  private final LaneBody body = LaneRecords.values("lanes").body();

  @Test
  void theBodyIsFoundInPlaceWithoutACopy() throws IOException {
    byte[] value = LaneRecords.encode(LaneRecords.request("é-1", "{\"a\":1}"));

    body.moveTo(ByteBuffer.wrap(value));

    assertThat(text()).isEqualTo("{\"a\":1}");
    assertThat(body.isCompact()).isTrue();
    assertThat(body.bytes()).isSameAs(value);
  }

  @Test
  void aSliceOfALargerArrayIsReadInPlaceToo() throws IOException {
    byte[] value = LaneRecords.encode(LaneRecords.request("1", "{\"a\":1}"));
    byte[] fetched = new byte[value.length + 30];
    Arrays.fill(fetched, (byte) 'x');
    System.arraycopy(value, 0, fetched, 20, value.length);
    ByteBuffer slice = ByteBuffer.wrap(fetched, 10, fetched.length - 10).slice();
    slice.position(10).limit(10 + value.length);

    body.moveTo(slice);

    assertThat(text()).isEqualTo("{\"a\":1}");
    assertThat(body.bytes()).isSameAs(fetched);
  }

  @Test
  void fieldsThatAreEmptyOrAbsentDoNotShiftIt() throws IOException {
    AdmittedRequest bare =
        AdmittedRequest.newBuilder(LaneRecords.request("1", "{ \"a\" : 1 }"))
            .setDeadline(null)
            .setLabels(Map.of())
            .setReplayId("replay")
            .build();

    body.moveTo(ByteBuffer.wrap(LaneRecords.encode(bare)));

    assertThat(text()).isEqualTo("{ \"a\" : 1 }");
    assertThat(body.isCompact()).isFalse();
  }

  @Test
  void aValueOfAnotherSchemaIsReadWhole() throws IOException {
    byte[] value = LaneRecords.encodeNewer(LaneRecords.request("1", "{\"a\":1}"));

    body.moveTo(ByteBuffer.wrap(value).asReadOnlyBuffer());

    assertThat(text()).isEqualTo("{\"a\":1}");
  }

  @Test
  void whenTheSerializerWritesAnotherSchemaItsValuesAreReadWholeToo() throws IOException {
    byte[] value = LaneRecords.encodeNewer(LaneRecords.request("1", "{\"a\":1}"));
    LaneBody readWhole =
        new LaneValues(
                "lanes",
                (_, request) -> LaneRecords.encodeNewer(request),
                (_, bytes) -> LaneRecords.request("1", "{\"whole\":" + bytes.length + "}"))
            .body();

    readWhole.moveTo(ByteBuffer.wrap(value));

    assertThat(text(readWhole)).isEqualTo("{\"whole\":" + value.length + "}");
  }

  @Test
  void whatIsNoAdmittedRequestIsRefused() {
    byte[] value = LaneRecords.encode(LaneRecords.request("1", "{\"a\":1}"));
    byte[] broken = Arrays.copyOf(value, value.length - 5);
    AdmittedRequest beyond =
        AdmittedRequest.newBuilder(LaneRecords.request("1", "{\"a\":1}")).setBodyStart(45).build();

    assertThatThrownBy(() -> body.moveTo(ByteBuffer.wrap(broken))).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> body.moveTo(null)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> body.moveTo(ByteBuffer.wrap(LaneRecords.encode(beyond))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("outside");
  }

  private String text() {
    return text(body);
  }

  private static String text(LaneBody body) {
    return new String(body.bytes(), body.start(), body.length(), UTF_8);
  }
}
