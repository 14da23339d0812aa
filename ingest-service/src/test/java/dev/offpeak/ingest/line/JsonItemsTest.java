package dev.offpeak.ingest.line;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class JsonItemsTest {

  private static final int LIMIT = 20_000;

  private final List<String> items = new ArrayList<>();
  private final Map<String, String> texts = new HashMap<>();

  private void read(InputStream in) throws IOException {
    JsonItems.read(
        in,
        LIMIT,
        new JsonItems.Taker() {
          @Override
          public boolean wants(String path) {
            return path.equals("a.items");
          }

          @Override
          public void text(String path, String value) {
            texts.put(path, value);
          }

          @Override
          public void item(int number, byte[] bytes) {
            assertThat(number).isEqualTo(items.size());
            items.add(new String(bytes, UTF_8));
          }
        });
  }

  private void read(String json) throws IOException {
    read(new ByteArrayInputStream(json.getBytes(UTF_8)));
  }

  @Property(tries = 60)
  void itemsComeAsTheyStandHoweverTheBodyIsCut(
      @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 0, max = 19_000) Integer> lengths,
      @ForAll @IntRange(min = 1, max = 9_000) int piece)
      throws IOException {
    items.clear();
    List<String> sent =
        lengths.stream().map(each -> "{\"ü\" : [\"" + "x}]\\\"".repeat(each / 5) + "\"]}").toList();
    byte[] body =
        ("{\"a\":{\"before\":\"1\",\"items\": [ " + String.join(" , ", sent) + "],\"n\":7}}")
            .getBytes(UTF_8);

    read(
        new ByteArrayInputStream(body) {
          @Override
          public int read(byte[] into, int offset, int length) {
            return super.read(into, offset, Math.min(piece, length));
          }
        });

    assertThat(items).isEqualTo(sent);
    assertThat(texts).containsOnly(Map.entry("a.before", "1"), Map.entry("a.n", "7"));
  }

  @Test
  void anItemStandsOnOneLine() throws IOException {
    read("{\"a\": {\"items\": [{\n  \"b\": \"\\n\"\r\n}]}}");

    assertThat(items).containsExactly("{   \"b\": \"\\n\"  }");
  }

  @Test
  void nothingOfAnyLengthIsHeld() {
    for (String json :
        List.of(
            "{\"a\":{\"items\":[{\"b\":\"LONG\"}]}}",
            "{\"LONG\":1}",
            "{\"b\":\"LONG\"}",
            "{\"b\":[\"LONG\"]}",
            "{\"a\":{\"items\":[{\"LONG\":1}]}}")) {
      String[] parts = json.split("LONG", -1);
      assertThatThrownBy(() -> read(new Endless(parts[0], parts[1])))
          .as(json)
          .isInstanceOf(JsonItems.Malformed.class)
          .hasMessageContaining("more than 20000 bytes");
    }
  }

  @Test
  void whatIsNoSuchJsonIsSaid() {
    for (String json : List.of("", "[]", "{", "{\"a\":{\"items\":[1]}}", "{}x", "{\"a\":nope}")) {
      assertThatThrownBy(() -> read(json)).as(json).isInstanceOf(JsonItems.Malformed.class);
    }
  }

  /** A text that does not fit into the memory of a test. */
  private static final class Endless extends InputStream {
    private final InputStream all;

    Endless(String before, String after) {
      InputStream middle =
          new InputStream() {
            private long left = 1L << 32;

            @Override
            public int read() {
              return left-- > 0 ? 'x' : -1;
            }
          };
      all =
          new java.io.SequenceInputStream(
              Collections.enumeration(
                  List.of(
                      new ByteArrayInputStream(before.getBytes(UTF_8)),
                      middle,
                      new ByteArrayInputStream(after.getBytes(UTF_8)))));
    }

    @Override
    public int read() throws IOException {
      return all.read();
    }
  }
}
