package dev.offpeak.schemas.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.lane.LineShape;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineOutlineTest {

  @Test
  void onlyTheTopLevelCounts() {
    LineOutline outline =
        of("{ \"key\" : \"a\\\"b\", \"request\": {\"params\": [{\"body\": 1}]}, \"x\": \"url\"}");

    assertThat(outline.names()).containsExactly("key", "request", "x");
    assertThat(outline.customId()).isEqualTo("a\\\"b");
    assertThat(outline.shape()).isEqualTo(LineShape.GEMINI);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"custom_id\":\"q\",\"params\":{\"a\":NaN,\"custom_id\":\"no\"}}|ANTHROPIC|q",
        "{\"custom_id\":\"q\",\"params\":{\"a\":|ANTHROPIC|q",
        "{\"params\":{\"t\":01},\"custom_id\":\"behind\"}|ANTHROPIC|behind",
        "{\"key\":\"g\",\"request\":{,}}|GEMINI|g",
        "{\"custom_id\":\"g\",\"request\":{}}|GEMINI|g",
        "{\"custom_id\":\"o\",\"method\":\"POST\"|OPENAI|o",
        "{\"custom_id\":\"o\", \"bo|| o"
      })
  void aBrokenLineIsKnownAllTheSame(String line, String provider, String customId) {
    LineOutline outline = of(line);

    assertThat(outline.shape())
        .isEqualTo(
            provider == null || provider.isEmpty() ? null : LineShape.valueOf(provider.strip()));
    assertThat(outline.customId()).isEqualTo(customId.strip());
  }

  @Test
  void itKeepsLittleOfRandomBytesAndOfLongTexts() {
    byte[] random = new byte[200_000];
    new Random(7).nextBytes(random);
    LineOutline outline = LineOutline.of(ByteBuffer.wrap(random));
    byte[] more = ("{\"custom_id\":\"" + "x".repeat(100_000) + "\"").getBytes(UTF_8);
    outline.take(more, 0, more.length);

    assertThat(outline.names().size()).isLessThanOrEqualTo(64);
    assertThat(of(new String(more, UTF_8)).customId()).hasSizeBetween(1, 512);
  }

  private static LineOutline of(String line) {
    return LineOutline.of(ByteBuffer.wrap(line.getBytes(UTF_8)));
  }
}
