package dev.offpeak.provider.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.offpeak.core.json.JsonCompaction;
import dev.offpeak.core.lane.Lane;
import dev.offpeak.core.lane.Provider;
import dev.offpeak.provider.BatchFormat;
import dev.offpeak.provider.adapter.BuiltInProviders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchFormatsTest {

  private static final List<String> BODIES =
      List.of("{\"a\":1}", " { \"b\" : \"x y\" }\n", "{\"é\":[ 1.50, 2 ]}");

  @Test
  void openAiFileHasOneRequestALine() throws IOException {
    assertThat(write(lane(Provider.OPENAI)))
        .isEqualTo(
            """
            {"custom_id":"op-0003-000000000004d2","method":"POST","url":"/v1/responses","body":{"a":1}}
            {"custom_id":"op-0003-000000000004d3","method":"POST","url":"/v1/responses","body":{"b":"x y"}}
            {"custom_id":"op-0003-000000000004d4","method":"POST","url":"/v1/responses","body":{"é":[1.50,2]}}
            """);
  }

  @Test
  void anthropicBodyIsOneObject() throws IOException {
    assertThat(write(lane(Provider.ANTHROPIC)))
        .isEqualTo(
            "{\"requests\":["
                + "{\"custom_id\":\"op-0003-000000000004d2\",\"params\":{\"a\":1}},"
                + "{\"custom_id\":\"op-0003-000000000004d3\",\"params\":{\"b\":\"x y\"}},"
                + "{\"custom_id\":\"op-0003-000000000004d4\",\"params\":{\"é\":[1.50,2]}}"
                + "]}");
  }

  @Test
  void geminiFileHasOneKeyedRequestALine() throws IOException {
    assertThat(write(lane(Provider.GEMINI)))
        .isEqualTo(
            """
            {"key":"op-0003-000000000004d2","request":{"a":1}}
            {"key":"op-0003-000000000004d3","request":{"b":"x y"}}
            {"key":"op-0003-000000000004d4","request":{"é":[1.50,2]}}
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "anthropic", "gemini"})
  void sizeIsKnownBeforeTheFileIsWritten(Provider provider) throws IOException {
    BatchFormat format = BuiltInProviders.PROFILES.of(provider.id()).format();
    long expected = format.fileOverhead() + (long) format.separatorLength() * (BODIES.size() - 1);
    for (String body : BODIES) {
      byte[] bytes = body.getBytes(UTF_8);
      expected +=
          format.lineOverhead(lane(provider))
              + JsonCompaction.compactLength(bytes, 0, bytes.length);
    }
    assertThat(write(lane(provider)).getBytes(UTF_8)).hasSize((int) expected);
  }

  @Test
  void endpointThatWouldBreakTheLineIsRefused() {
    Lane lane = Lane.of(Provider.OPENAI, "main", "/v1/\"x", "m");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BatchFormats.OPENAI.lineOverhead(lane))
        .withMessageContaining("/v1/\"x");
  }

  private static Lane lane(Provider provider) {
    return Lane.of(provider, "main", "/v1/responses", "m");
  }

  private static String write(Lane lane) throws IOException {
    BatchFormat format = BuiltInProviders.PROFILES.of(lane.provider().id()).format();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    format.writeHead(out);
    for (int i = 0; i < BODIES.size(); i++) {
      if (i > 0) {
        format.writeSeparator(out);
      }
      byte[] body = BODIES.get(i).getBytes(UTF_8);
      format.writeLine(lane, 3, 0x4d2 + i, body, 0, body.length, i == 0, out);
    }
    format.writeTail(out);
    return out.toString(UTF_8);
  }
}
