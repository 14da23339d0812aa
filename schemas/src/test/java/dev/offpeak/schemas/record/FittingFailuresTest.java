package dev.offpeak.schemas.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.schemas.avro.FailedAs;
import dev.offpeak.schemas.avro.FailureKind;
import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.outcome.JsonOutcomes;
import dev.offpeak.schemas.serde.SerdeFactory;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FittingFailuresTest {

  private static final Serializer<LlmFailure> SERIALIZER =
      SerdeFactory.of(Map.of("schema.registry.url", "mock://fitting")).serializer(LlmFailure.class);

  /** What is left of the smallest limits.request-bytes. */
  private static final int SMALLEST_RECORD = (64 << 10) + 1;

  private static final int HUGE = 70_000;

  private final AtomicReference<LlmFailure> written = new AtomicReference<>();

  static Stream<Function<LlmFailure, byte[]>> formats() {
    return Stream.of(FittingFailuresTest::avro, new JsonOutcomes()::failure);
  }

  @ParameterizedTest
  @MethodSource("formats")
  void whateverComesInCanBeSent(Function<LlmFailure, byte[]> format) {
    Random random = new Random(11);
    for (int i = 0; i < 40; i++) {
      SendableRecord fitted =
          new FittingFailures(format, SMALLEST_RECORD)
              .fit(foreign(random), key(random), headers(random));

      assertThat(RecordSize.of(fitted.key(), fitted.value(), fitted.headers()))
          .isLessThanOrEqualTo(SMALLEST_RECORD);
    }
  }

  @Test
  void nothingIsLeftOutOfWhatFits() {
    byte[] key = {1, 2};
    RecordHeaders headers = new RecordHeaders();
    headers.add("a", new byte[] {3});

    SendableRecord fitted = fit(small(), key, headers);

    assertThat(fitted.key()).isSameAs(key);
    assertThat(fitted.headers()).isEqualTo(headers);
    assertThat(written.get()).isEqualTo(small().build());
  }

  @Test
  void wordsStayOnTheirLineAndSteerNoTerminal() {
    SendableRecord fitted =
        fit(
            small().setCode("a\nb").setMessage("\u001b[2Jgone\r\nnext"),
            new byte[1],
            new RecordHeaders());

    assertThat(fitted.value()).isNotEmpty();
    assertThat(written.get().getCode()).isEqualTo("a\\nb");
    assertThat(written.get().getMessage()).isEqualTo("\\u001b[2Jgone\\r\\nnext");
  }

  @Test
  void whatIsLeftOutIsSaid() {
    LlmFailure.Builder failure =
        small()
            .setMessage("m".repeat(10_000))
            .setCode("c".repeat(9_500_000))
            .setSourcePartition(3)
            .setSourceOffset(77)
            .setResponseBody(ByteBuffer.allocate(HUGE))
            .setOriginal(ByteBuffer.allocate(HUGE));
    RecordHeaders headers = new RecordHeaders();
    headers.add("first", "kept".getBytes(UTF_8));
    headers.add("second", new byte[HUGE]);

    SendableRecord fitted = fit(failure, new byte[HUGE], headers);

    assertThat(written.get().getCode()).startsWith("cccc").endsWith("… (9,500,000 characters)");
    assertThat(written.get().getMessage())
        .startsWith("mmmm")
        .contains(
            "… (10,000 characters)",
            "the response body of 70,000 bytes",
            "the original of 70,000 bytes, which stands at partition 3, offset 77");
    assertThat(written.get().getOriginal().remaining()).isZero();
    assertThat(new String(fitted.headers().lastHeader("first").value(), UTF_8)).isEqualTo("kept");
    assertThat(fitted.headers().lastHeader("second")).isNull();
    assertThat(fitted.key()).hasSize(1024);
    assertThat(fitted.headers().headers(SendableRecord.CLIPPED))
        .extracting(header -> new String(header.value(), UTF_8))
        .contains("1 of 2 headers", "all but 1,024 of 70,000 key bytes");
  }

  @Test
  void halvesOfCharactersAreReplaced() {
    assertThat(Clip.text("a\ud800b\udc00\ud83d\ude00", 100))
        .isEqualTo("a\ufffdb\ufffd\ud83d\ude00");
    assertThat(Clip.text("ab\ud83d\ude00cd", 3)).isEqualTo("ab… (6 characters)");
  }

  private SendableRecord fit(LlmFailure.Builder failure, byte[] key, RecordHeaders headers) {
    return new FittingFailures(
            made -> {
              written.set(made);
              return avro(made);
            },
            SMALLEST_RECORD)
        .fit(failure, key, headers);
  }

  private static byte[] avro(LlmFailure failure) {
    return SERIALIZER.serialize("failures", failure);
  }

  private static LlmFailure.Builder foreign(Random random) {
    Map<String, String> labels = new TreeMap<>();
    for (int i = random.nextInt(500); i > 0; i--) {
      labels.put(text(random, 300), text(random, 300));
    }
    return small()
        .setCode(text(random, HUGE))
        .setMessage(text(random, HUGE))
        .setTenant(text(random, HUGE))
        .setCustomId(text(random, HUGE))
        .setAccount(text(random, HUGE))
        .setEndpoint(text(random, HUGE))
        .setModel(text(random, HUGE))
        .setBatchId(text(random, HUGE))
        .setProviderJobId(text(random, HUGE))
        .setProvider(random.nextBoolean() ? text(random, 40) : "gemini")
        .setLabels(labels)
        .setResponseBody(ByteBuffer.wrap("{}".getBytes(UTF_8)))
        .setOriginal(ByteBuffer.wrap(bytes(random, HUGE)));
  }

  /** Control characters take six bytes each in JSON, and halves of pairs are no text at all. */
  private static String text(Random random, int most) {
    char[] text = new char[random.nextInt(most)];
    for (int i = 0; i < text.length; i++) {
      text[i] = (char) (random.nextBoolean() ? random.nextInt(32) : random.nextInt(65_536));
    }
    return new String(text);
  }

  private static byte[] key(Random random) {
    return random.nextBoolean() ? null : bytes(random, HUGE);
  }

  private static RecordHeaders headers(Random random) {
    RecordHeaders headers = new RecordHeaders();
    for (int i = random.nextInt(300); i > 0; i--) {
      headers.add(text(random, 40), random.nextBoolean() ? null : bytes(random, 2_000));
    }
    return headers;
  }

  private static byte[] bytes(Random random, int most) {
    byte[] bytes = new byte[random.nextInt(most)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static LlmFailure.Builder small() {
    return LlmFailure.newBuilder()
        .setTenant("t")
        .setLabels(Map.of("team", "x"))
        .setCode("malformed_record")
        .setMessage("why")
        .setKind(FailureKind.YOUR_INPUT)
        .setOutcome(FailedAs.REJECTED)
        .setRetryable(false)
        .setAttempts(0)
        .setSourcePartition(0)
        .setSourceOffset(1)
        .setFailedAt(Instant.EPOCH)
        .setOriginal(ByteBuffer.allocate(0));
  }
}
