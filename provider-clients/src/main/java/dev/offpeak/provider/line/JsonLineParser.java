package dev.offpeak.provider.line;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.offpeak.provider.ResultLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Function;

/** Lines that are JSON objects, of which any can be broken. */
public final class JsonLineParser implements LineParser {

  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNumberLength(100_000)
                  .maxNestingDepth(10_000)
                  .build())
          .build();

  private final Function<LineBytes, LineContent> content;

  /** Lines of which each is read by a fresh content. */
  public JsonLineParser(Function<LineBytes, LineContent> content) {
    this.content = content;
  }

  /** A parser of a whole answer under the same limits. */
  static JsonParser parser(byte[] json) {
    try {
      return JSON.createParser(json);
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory can be read", e);
    }
  }

  @Override
  public ResultLine parse(byte[] bytes, int start, int length) {
    LineContent line = content.apply(new LineBytes(bytes, start));
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
    } catch (RuntimeException e) {
      return line.unreadable("the line can't be read: " + e);
    }
  }

  /** Jackson appends the place, with the source redacted, on further lines. */
  private static String firstLine(IOException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
