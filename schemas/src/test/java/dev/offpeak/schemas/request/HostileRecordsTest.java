package dev.offpeak.schemas.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.schemas.avro.LlmRequest;
import dev.offpeak.schemas.registry.RegistryUnavailable;
import dev.offpeak.schemas.registry.SchemaUnavailable;
import dev.offpeak.schemas.request.RequestDecoding.Decoded;
import dev.offpeak.schemas.request.RequestDecoding.Undecodable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that are made to break their reader. */
class HostileRecordsTest {

  private static final String LINE =
      "{\"custom_id\":\"a\",\"params\":{\"model\":\"claude-x\",\"max_tokens\":1}}";

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7, 8, 100, 1_000_001})
  void aBraceBeforeZeroBytesIsNotValidJson(int zeros) {
    byte[] value = new byte[1 + zeros];
    value[0] = '{';

    assertThat(undecodable(value).code()).isEqualTo(FailureCode.MALFORMED_RECORD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE", "IBM1047"})
  void onlyUtf8IsTaken(String charset) {
    assertThat(undecodable(LINE.getBytes(Charset.forName(charset))).code())
        .isEqualTo(FailureCode.MALFORMED_RECORD);
  }

  @Test
  void whateverAReaderThrowsIsAVerdict() {
    RuntimeException odd = new IllegalStateException("x".repeat(1_000_000));

    Undecodable verdict = (Undecodable) throwing(odd).decode(new byte[9], none());

    assertThat(verdict.code()).isEqualTo(FailureCode.UNPROCESSABLE_RECORD);
    assertThat(verdict.message())
        .startsWith("the record can't be read: IllegalStateException: xxx")
        .hasSizeLessThan(1_000);
  }

  @Test
  void aRegistryThatIsAwayIsNoVerdict() {
    RuntimeException away = new RegistryUnavailable("away", null);

    assertThatThrownBy(() -> throwing(away).decode(new byte[9], none())).isSameAs(away);
  }

  @Test
  void aSchemaThatIsNotToldIsAFailureThatMayBeSentAgain() {
    Undecodable verdict =
        (Undecodable) throwing(new SchemaUnavailable("not told", null)).decode(new byte[9], none());

    assertThat(verdict.code()).isEqualTo(FailureCode.SCHEMA_UNAVAILABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"+999999999-12-31T23:59:59Z", "9223372036854775807"})
  void aDeadlineThatNobodyCanReckonWithIsRefused(String deadline) {
    Headers headers = new RecordHeaders().add("offpeak-deadline", deadline.getBytes(UTF_8));

    assertThat(decoder().decode(LINE.getBytes(UTF_8), headers))
        .isInstanceOfSatisfying(
            Undecodable.class,
            refused -> assertThat(refused.code()).isEqualTo(FailureCode.INVALID_FIELD));
  }

  @Test
  void aBodyIsFoundBehindManyThatAreAlmostTheSame() {
    // The length of the body in Avro's form, as text that may stand in the body itself.
    String unit = "\u00c2 ";
    int length = varint(unit.getBytes(UTF_8));
    byte[] unitBytes = unit.getBytes(UTF_8);
    byte[] body = new byte[length];
    for (int i = 0; i < length; i++) {
      body[i] = unitBytes[i % unitBytes.length];
    }
    byte[] value = new byte[8 * length];
    for (int i = 0; i < value.length; i++) {
      value[i] = unitBytes[i % unitBytes.length];
    }
    value[value.length - 1] = '!';
    body[length - 1] = '?';

    assertTimeoutPreemptively(
        Duration.ofMinutes(1),
        () ->
            assertThatThrownBy(() -> BodyPlace.of(ByteBuffer.wrap(body), value))
                .isInstanceOf(RequestRefusal.class));
  }

  @Test
  void aBodyIsFoundWhereverItStands() throws RequestRefusal {
    byte[] body = "{\"a\":1}".getBytes(UTF_8);
    byte[] value = new byte[100];
    value[40] = (byte) (2 * body.length);
    System.arraycopy(body, 0, value, 41, body.length);

    assertThat(BodyPlace.of(ByteBuffer.wrap(body), value)).isEqualTo(41);
  }

  @Test
  void theBodyOfAnAvroRecordIsFoundToTheByte() {
    String body = "{\"model\":\"claude-x\"}";
    LlmRequest request = request(body);
    byte[] bytes = encoded(request);

    Decoded decoded =
        (Decoded) new RequestDecoder((headers, value) -> request).decode(bytes, none());

    assertThat(new String(bytes, decoded.bodyStart(), decoded.bodyLength(), UTF_8)).isEqualTo(body);
  }

  private static byte[] encoded(LlmRequest request) {
    try {
      ByteBuffer single = request.toByteBuffer();
      byte[] all = new byte[single.remaining()];
      single.get(all);
      all[0] = 0;
      return all;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static LlmRequest request(String body) {
    return LlmRequest.newBuilder()
        .setCustomId("a")
        .setEndpoint("/v1/messages")
        .setBody(ByteBuffer.wrap(body.getBytes(UTF_8)))
        .setLabels(Map.of())
        .setDeadline(Instant.EPOCH)
        .build();
  }

  private static int varint(byte[] bytes) {
    long zigzag = 0;
    for (int i = 0; i < bytes.length; i++) {
      zigzag |= (bytes[i] & 0x7FL) << (7 * i);
    }
    return (int) (zigzag >>> 1);
  }

  private static Undecodable undecodable(byte[] value) {
    return (Undecodable) decoder().decode(Arrays.copyOf(value, value.length), none());
  }

  private static RequestDecoder decoder() {
    return throwing(new SerializationException("no Avro here"));
  }

  private static RequestDecoder throwing(RuntimeException failure) {
    return new RequestDecoder(
        (_, _) -> {
          throw failure;
        });
  }

  private static Headers none() {
    return new RecordHeaders();
  }
}
