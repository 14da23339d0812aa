package dev.offpeak.schemas.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.offpeak.core.lane.Edition;
import dev.offpeak.core.lane.LineShape;
import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.schemas.avro.LlmRequest;
import dev.offpeak.schemas.registry.RegistryUnavailable;
import dev.offpeak.schemas.request.RequestDecoding.Decoded;
import dev.offpeak.schemas.request.RequestDecoding.Undecodable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestDecoderTest {

  private static final String BODY = "{ \"model\" : \"gpt-5\", \"messages\":[{\"a\":\"}\\\"\"}] }";

  @ParameterizedTest
  @ValueSource(strings = {"", "\uFEFF", "  ", "\uFEFF\t "})
  void theBodyIsFoundToTheByteWhateverStandsBeforeIt(String before) {
    String line =
        before
            + "{\"url\":\"/v1/chat/completions\", \"body\": "
            + BODY
            + " ,\"note\":[{}],\"method\":\"POST\",\"custom_id\":\"\uD83D\uDE00 ü\"}\r\n";

    Decoded decoded = decode(line);

    assertThat(decoded.customId()).isEqualTo("\uD83D\uDE00 ü");
    assertThat(decoded.shape()).isEqualTo(LineShape.OPENAI);
    assertThat(decoded.endpoint()).isEqualTo("/v1/chat/completions");
    assertThat(decoded.model()).isEqualTo("gpt-5");
    assertThat(bodyOf(line.getBytes(UTF_8), decoded)).isEqualTo(BODY);
  }

  @Test
  void anAnthropicLineNeedsNoUrl() {
    Decoded decoded =
        decode("{\"custom_id\":\"a\",\"params\":{\"model\":\"claude-x\",\"stream\":false}}");

    assertThat(decoded.shape()).isEqualTo(LineShape.ANTHROPIC);
    assertThat(decoded.endpoint()).isEqualTo("/v1/messages");
    assertThat(decoded.model()).isEqualTo("claude-x");
  }

  @Test
  void aGeminiLineTakesItsModelFromTheHeaderOrTheRequest() {
    Headers headers = new RecordHeaders().add("offpeak-model", "gemini-x".getBytes(UTF_8));

    Decoded byHeader =
        (Decoded)
            decoder()
                .decode("{\"key\":\"a\",\"request\":{\"contents\":[]}}".getBytes(UTF_8), headers);
    Decoded byField =
        decode("{\"key\":\"a\",\"request\":{\"model\":\"models/gemini-y\",\"content\":{}}}");

    assertThat(byHeader.model()).isEqualTo("gemini-x");
    assertThat(byHeader.endpoint()).isEqualTo("generateContent");
    assertThat(byField.model()).isEqualTo("gemini-y");
    assertThat(byField.endpoint()).isEqualTo("embedContent");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/embeddings | \"one\" | 1",
        "/v1/embeddings | [\"one\",\"two\",\"three\"] | 3",
        "/v1/embeddings | [1,2,3] | 1",
        "/v1/embeddings | [[1,2],[3]] | 2",
        "/v1/embeddings | [] | 1",
        "/v1/responses | [{},{}] | 1"
      })
  void embeddingInputsAreCounted(String url, String input, int inputs) {
    Decoded decoded =
        decode(
            "{\"custom_id\":\"a\",\"method\":\"POST\",\"url\":\""
                + url
                + "\",\"body\":{\"input\":"
                + input
                + ",\"model\":\"m\"}}");

    assertThat(decoded.inputs()).isEqualTo(inputs);
  }

  @Test
  void aBodyMayBeAThousandLevelsDeep() {
    String body = "{\"model\":\"m\",\"x\":" + "[".repeat(999) + "]".repeat(999) + "}";

    Decoded decoded = decode("{\"custom_id\":\"a\",\"params\":" + body + "}");

    assertThat(decoded.bodyLength()).isEqualTo(body.length());
  }

  @Test
  void headersOfAJsonLineSayWhatItsFieldsCannot() {
    Headers headers =
        new RecordHeaders()
            .add("offpeak-tenant", "old".getBytes(UTF_8))
            .add("offpeak-tenant", "acme".getBytes(UTF_8))
            .add("offpeak-label-team", "search".getBytes(UTF_8))
            .add("offpeak-label-feature", "tickets".getBytes(UTF_8))
            .add("offpeak-deadline", "2026-12-01T08:00:00+02:00".getBytes(UTF_8))
            .add("offpeak-account", "prod".getBytes(UTF_8))
            .add("offpeak-replay-id", "r1".getBytes(UTF_8))
            .add("traceparent", new byte[] {(byte) 0xFF});

    Decoded decoded =
        (Decoded)
            decoder()
                .decode(
                    "{\"custom_id\":\"a\",\"params\":{\"model\":\"m\"}}".getBytes(UTF_8), headers);

    assertThat(decoded.tenant()).isEqualTo("acme");
    assertThat(decoded.labels()).isEqualTo(Map.of("team", "search", "feature", "tickets"));
    assertThat(decoded.deadline()).isEqualTo(Instant.parse("2026-12-01T06:00:00Z"));
    assertThat(decoded.account()).isEqualTo("prod");
    assertThat(decoded.replayId()).isEqualTo("r1");
  }

  @Test
  void aDeadlineThatIsNoInstantIsRefusedByName() {
    Headers headers = new RecordHeaders().add("offpeak-deadline", "tomorrow".getBytes(UTF_8));

    RequestDecoding decoding =
        decoder()
            .decode("{\"custom_id\":\"a\",\"params\":{\"model\":\"m\"}}".getBytes(UTF_8), headers);

    assertThat(decoding)
        .isEqualTo(
            new Undecodable(
                FailureCode.INVALID_FIELD,
                "header offpeak-deadline is 'tomorrow'; it must be an ISO 8601 instant such as"
                    + " 2026-12-01T06:00:00Z, or milliseconds since the epoch",
                "a",
                "default",
                Map.of()));
  }

  @Test
  void versionAndBetasAreReadFromHeadersAsTheyStandOnACall() {
    Headers headers =
        new RecordHeaders()
            .add("Anthropic-Version", "2023-01-01".getBytes(UTF_8))
            .add("anthropic-version", "2026-10-21 ".getBytes(UTF_8))
            .add("anthropic-beta", "b-2, a-1".getBytes(UTF_8))
            .add("anthropic-beta", null)
            .add("anthropic-beta", "c,,b-2".getBytes(UTF_8));
    String line =
        "{\"custom_id\":\"a\",\"params\":{\"model\":\"m\",\"top_k\":1,\"temperature\":0}}";

    Decoded claude = (Decoded) decoder().decode(line.getBytes(UTF_8), headers);
    Decoded gpt =
        (Decoded)
            decoder()
                .decode(
                    ("{\"custom_id\":\"a\",\"method\":\"POST\",\"url\":\"/v1/responses\",\"body\":"
                            + BODY
                            + "}")
                        .getBytes(UTF_8),
                    headers);

    assertThat(claude.edition()).isEqualTo(Edition.of("2026-10-21", List.of("a-1", "b-2", "c")));
    assertThat(claude.sampling()).isEqualTo("top_k");
    assertThat(gpt.edition()).isEqualTo(Edition.USUAL);
    assertThat(gpt.sampling()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"anthropic-version,latest", "anthropic-beta,a|b", "anthropic-beta,a b"})
  void aVersionOrBetaThatIsNoneIsSaidSo(String name, String value) {
    RequestDecoding decoding =
        decoder()
            .decode(
                "{\"custom_id\":\"a\",\"params\":{\"model\":\"m\"}}".getBytes(UTF_8),
                new RecordHeaders().add(name, value.getBytes(UTF_8)));

    assertThat(decoding)
        .isInstanceOfSatisfying(
            Undecodable.class,
            bad -> {
              assertThat(bad.code()).isEqualTo(FailureCode.INVALID_FIELD);
              assertThat(bad.customId()).isEqualTo("a");
              assertThat(bad.message()).contains("anthropic-version", "anthropic-beta", value);
            });
  }

  @Test
  void anAvroRequestIsReadWithItsBodyInPlace() {
    LlmRequest request = request("/v1/chat/completions", BODY);

    Decoded decoded = (Decoded) decodeAvro(request);

    assertThat(decoded)
        .isEqualTo(
            new Decoded(
                LineShape.OPENAI,
                "id-1",
                "/v1/chat/completions",
                "gpt-5",
                decoded.bodyStart(),
                BODY.length(),
                1,
                "acme",
                Map.of("team", "search"),
                Instant.ofEpochMilli(1_000),
                null,
                "",
                Edition.USUAL,
                null));
    assertThat(bodyOf(avro(request), decoded)).isEqualTo(BODY);
  }

  @Test
  void anAvroRequestKeepsTheSameRulesAsALine() {
    RequestDecoding wrongEndpoint = decodeAvro(request("/v1/files", BODY));
    RequestDecoding noJson = decodeAvro(request("/v1/messages", "hello"));

    assertThat(((Undecodable) wrongEndpoint).code()).isEqualTo(FailureCode.UNSUPPORTED_ENDPOINT);
    assertThat(noJson)
        .isEqualTo(
            new Undecodable(
                FailureCode.MALFORMED_RECORD,
                "the body is not valid JSON at byte 0: hello is no JSON; texts stand in double"
                    + " quotes",
                "id-1",
                "acme",
                Map.of("team", "search")));
  }

  @Test
  void bytesThatAreNoAvroAreAFailureButARegistryThatIsAwayIsNot() {
    byte[] value = {0, 1, 2};
    RequestDecoder broken =
        new RequestDecoder(
            (headers, bytes) -> {
              throw new SerializationException("no schema 258");
            });
    RequestDecoder away =
        new RequestDecoder(
            (headers, bytes) -> {
              throw new RegistryUnavailable("registry away", null);
            });

    assertThat(((Undecodable) broken.decode(value, new RecordHeaders())).message())
        .isEqualTo("the value begins with a zero byte but is no request in Avro: no schema 258");
    assertThatThrownBy(() -> away.decode(value, new RecordHeaders()))
        .isInstanceOf(RegistryUnavailable.class);
  }

  /** Azure's files spell urls so; the lane is the same. */
  @ParameterizedTest
  @CsvSource({
    "/chat/completions, /v1/chat/completions",
    "/embeddings, /v1/embeddings",
    "/v1/responses, /v1/responses"
  })
  void aUrlWithoutVersionIsTakenWhereSomebodySpellsItSo(String url, String endpoint) {
    byte[] line = azures(url);

    RequestDecoding taken =
        new RequestDecoder((headers, value) -> null, TakenUrls.BARE)
            .decode(line, new RecordHeaders());

    assertThat(((Decoded) taken).endpoint()).isEqualTo(endpoint);
    assertThat(decoder().decode(line, new RecordHeaders()) instanceof Undecodable)
        .isEqualTo(!url.equals(endpoint));
    assertThat(
            new RequestDecoder((headers, value) -> null, TakenUrls.BARE)
                .decode(azures("/chat"), new RecordHeaders()))
        .isInstanceOf(Undecodable.class);
  }

  private static byte[] azures(String url) {
    String line = "{\"custom_id\":\"a\",\"method\":\"POST\",\"url\":\"" + url + "\",\"body\":";
    return (line + BODY + "}").getBytes(UTF_8);
  }

  private static LlmRequest request(String endpoint, String body) {
    return LlmRequest.newBuilder()
        .setCustomId("id-1")
        .setEndpoint(endpoint)
        .setBody(ByteBuffer.wrap(body.getBytes(UTF_8)))
        .setTenant("acme")
        .setLabels(Map.of("team", "search"))
        .setDeadline(Instant.ofEpochMilli(1_000))
        .build();
  }

  private static byte[] avro(LlmRequest request) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {0, 0, 0, 0, 1});
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    try {
      new SpecificDatumWriter<>(LlmRequest.class).write(request, encoder);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  private static RequestDecoder decoder() {
    return new RequestDecoder(
        (headers, value) -> {
          throw new AssertionError("a JSON line is not read as Avro");
        });
  }

  /** Reads what {@link #avro} wrote, as a serde would. */
  private static RequestDecoding decodeAvro(LlmRequest request) {
    return new RequestDecoder((headers, value) -> request)
        .decode(avro(request), new RecordHeaders());
  }

  private static Decoded decode(String line) {
    return (Decoded) decoder().decode(line.getBytes(UTF_8), new RecordHeaders());
  }

  private static String bodyOf(byte[] value, Decoded decoded) {
    return new String(value, decoded.bodyStart(), decoded.bodyLength(), UTF_8);
  }
}
