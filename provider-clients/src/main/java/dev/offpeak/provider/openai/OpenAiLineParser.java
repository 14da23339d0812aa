package dev.offpeak.provider.openai;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.offpeak.provider.ResultLine;
import dev.offpeak.provider.line.LineParser;
import java.io.IOException;

/**
 * A line of an output or error file (PROVIDERS.md A1, E). Files are not what the reference says:
 * failures stand as {@code error} or inside a response of an {@code error: null} line, with 4xx,
 * 5xx or a status of 0, and any line can be broken JSON.
 */
final class OpenAiLineParser implements LineParser {

  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNumberLength(100_000)
                  .maxNestingDepth(10_000)
                  .build())
          .build();

  @Override
  public ResultLine parse(byte[] bytes, int start, int length) {
    OpenAiLine line = new OpenAiLine(bytes, start);
    try (JsonParser in = JSON.createParser(bytes, start, length)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        return line.unreadable("the line is not a JSON object");
      }
      line.read(in);
      if (in.nextToken() != null) {
        return line.unreadable("something follows the JSON object");
      }
      return line.result();
    } catch (IOException e) {
      return line.unreadable("the line is not valid JSON: " + firstLine(e));
    }
  }

  /** Jackson appends the place, with the source redacted, on further lines. */
  private static String firstLine(IOException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
