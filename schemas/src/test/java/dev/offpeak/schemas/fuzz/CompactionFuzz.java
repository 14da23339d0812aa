package dev.offpeak.schemas.fuzz;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.offpeak.core.json.JsonCompaction;
import dev.offpeak.schemas.json.ForeignJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compaction of anything at all; what is valid JSON keeps its meaning. */
public final class CompactionFuzz {

  private CompactionFuzz() {}

  /** Jazzer's entry. */
  public static void fuzzerTestOneInput(byte[] data) {
    ByteArrayOutputStream compact = new ByteArrayOutputStream();
    try {
      JsonCompaction.write(data, 0, data.length, compact);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    JsonLineFuzz.must(
        compact.size() == JsonCompaction.compactLength(data, 0, data.length),
        "the compact length is told right");
    List<String> before = tokens(data);
    if (before != null) {
      JsonLineFuzz.must(before.equals(tokens(compact.toByteArray())), "the meaning stays");
    }
  }

  /** All tokens with their texts, or null when it is not one JSON value. */
  private static @Nullable List<String> tokens(byte[] json) {
    List<String> tokens = new ArrayList<>();
    try (JsonParser parser = ForeignJson.parser(json)) {
      int values = 0;
      int depth = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        values += depth == 0 ? 1 : 0;
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        tokens.add(token + " " + parser.getText());
      }
      return values == 1 ? tokens : null;
    } catch (IOException _) {
      return null;
    }
  }
}
