package dev.offpeak.standalone.outcome;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.lane.LineShape;
import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.schemas.avro.FailedAs;
import dev.offpeak.schemas.avro.FailureKind;
import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.avro.UsageMode;
import dev.offpeak.schemas.request.RequestDecoder;
import dev.offpeak.schemas.request.RequestDecoding.Undecodable;
import dev.offpeak.schemas.serde.SerdeFactory;
import dev.offpeak.standalone.input.Place;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileWordsTest {

  private static final String FOREIGN =
      "(?is).*(header|Avro|record|Confluent|StreamRead|JsonReadFeature|token|CTRL-CHAR|limits\\.).*";

  /** Our records may be read and copied from here on. */
  private final SerdeFactory serdes =
      SerdeFactory.of(Map.of("schema.registry.url", "mock://file-words"));

  private final FileWords words = new FileWords(List.of("a.jsonl", "sub/b.jsonl"));
  private final RequestDecoder decoder =
      new RequestDecoder(
          (headers, value) -> {
            throw new AssertionError("no line is Avro");
          });

  @AfterEach
  void close() {
    serdes.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1]",
        "\"a\"",
        "5",
        "null",
        "hello",
        "\u0001",
        "{",
        "{}",
        "{'a':1}",
        "{\"a\":NaN}",
        "{\"a\":01}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\u0002\"}",
        "{\"a\":1,}",
        "{\"a\":[1,]}",
        "{\"a\":True}",
        "{\"a\" 1}",
        "{\"a\":1 \"b\":2}",
        "{a:1}",
        "// x",
        "{\"a\":1}{}",
        "{\"key\":\"k\",\"request\":{}}",
        "{\"custom_id\":\"k\",\"params\":[]}",
        "{\"custom_id\":7,\"params\":{}}",
        "{\"a\":-Infinity}",
        "{\"a\":1e}",
        "{\"a\":nul}",
        "{\"custom_id\":\"a\",\"method\":\"GET\"}",
        "{\"a\":1.}",
        "{\"a\":/*x*/1}",
        "{\"a\":\"\\u12\"}",
        "{\"custom_id\":\"a\",\"params\":{\"model\":\"m\",\"stream\":true}}"
      })
  void whateverIsWrongWithALineIsSaidInWordsOfFiles(String line) {
    Undecodable bad = (Undecodable) decoder.decode(line.getBytes(UTF_8), new RecordHeaders());

    String said = said(bad.code(), bad.message(), line, null, null);

    assertThat(said).startsWith("sub/b.jsonl:57: ").hasSizeBetween(30, 300);
    assertThat(said).doesNotMatch(FOREIGN);
  }

  @Test
  void aGeminiLineWithoutAModelIsToldTheOption() {
    assertThat(
            said(FailureCode.MISSING_MODEL, "header", "{\"key\":\"k\",\"request\":{}}", null, null))
        .contains("--gemini-model NAME");
  }

  @Test
  void aModelInTheWrongShapeIsToldWhatToWrite() {
    assertThat(said(FailureCode.UNKNOWN_MODEL, "", "{}", "anthropic", "gpt-4o-mini"))
        .contains("shape of anthropic")
        .contains("'gpt-4o-mini' is a model of openai")
        .contains("\"method\": \"POST\"");
    assertThat(said(FailureCode.PROVIDER_NOT_CONFIGURED, "", "{}", "openai", "claude-haiku-4-5"))
        .contains("{\"custom_id\", \"params\"}");
    assertThat(said(FailureCode.PROVIDER_NOT_CONFIGURED, "", "{}", "gemini", "gemini-2.5-flash"))
        .contains("add gemini to --provider");
    assertThat(said(FailureCode.UNKNOWN_MODEL, "", "{}", "openai", "llama-4"))
        .contains("--models 'llama-4'");
  }

  @Test
  void whatAProviderSaysStaysOnItsLineAndMovesNoCursor() {
    assertThat(said(FailureCode.BATCH_FAILED, "no\n\u001b[2Jgood\u009b", "{}", "openai", "m"))
        .endsWith("no\\n\\u001b[2Jgood\\u009b");
  }

  @Test
  void aKeyOfAnEarlierVersionNamesNoPlace() {
    LlmFailure failure = failure(FailureCode.BATCH_FAILED, "bad", "{}", null, null);

    assertThat(words.of("12".getBytes(UTF_8), failure).getMessage()).isEqualTo("bad");
    assertThat(words.of(null, failure).getMessage()).isEqualTo("bad");
    assertThat(words.of(new Place(7, 1).key(), failure).getMessage()).isEqualTo("bad");
  }

  private String said(
      FailureCode code,
      String message,
      String line,
      @Nullable String provider,
      @Nullable String model) {
    return words
        .of(new Place(1, 57).key(), failure(code, message, line, provider, model))
        .getMessage();
  }

  private static LlmFailure failure(
      FailureCode code,
      String message,
      String line,
      @Nullable String provider,
      @Nullable String model) {
    return LlmFailure.newBuilder()
        .setTenant("default")
        .setMode(UsageMode.BATCH)
        .setCode(code.id())
        .setMessage(message)
        .setKind(FailureKind.YOUR_INPUT)
        .setOutcome(FailedAs.REJECTED)
        .setRetryable(false)
        .setAttempts(0)
        .setProvider(provider)
        .setEndpoint(
            provider == null
                ? null
                : LineShape.valueOf(provider.toUpperCase(Locale.ROOT)).endpoints().getFirst())
        .setModel(model)
        .setSourcePartition(0)
        .setSourceOffset(0)
        .setFailedAt(Instant.EPOCH)
        .setOriginal(ByteBuffer.wrap(line.getBytes(UTF_8)))
        .build();
  }
}
