package dev.offpeak.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JsonCompactionTest {

  @Property
  void compactionGivesTheTokensWithNothingBetweenThem(@ForAll("documents") Document document)
      throws IOException {
    byte[] spaced = document.spaced().getBytes(UTF_8);
    assertThat(compact(spaced, 0, spaced.length)).isEqualTo(document.compact());
    assertThat(JsonCompaction.compactLength(spaced, 0, spaced.length))
        .isEqualTo(document.compact().getBytes(UTF_8).length);
  }

  @Property
  void lengthEqualsTheBytesWrittenWhateverTheInput(@ForAll byte[] anything) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JsonCompaction.write(anything, 0, anything.length, out);
    assertThat(JsonCompaction.compactLength(anything, 0, anything.length)).isEqualTo(out.size());
  }

  @Property
  void compactionOfCompactJsonIsOneRunAndTheSame(@ForAll("documents") Document document)
      throws IOException {
    byte[] compact = document.compact().getBytes(UTF_8);
    List<Integer> runs = new ArrayList<>();
    JsonCompaction.forEachRun(
        compact, 0, compact.length, (bytes, start, length) -> runs.add(length));
    assertThat(runs).containsExactly(compact.length);
  }

  @Example
  void readsOnlyTheGivenSlice() throws IOException {
    byte[] around = "{ \"a\" : [1, \"x y\\\" \" ] }  trailing".getBytes(UTF_8);
    assertThat(compact(around, 8, 15)).isEqualTo("[1,\"x y\\\" \"]");
  }

  /** A JSON value as compact text, and the same tokens with white space around each of them. */
  record Document(String compact, String spaced) {}

  @Provide
  Arbitrary<Document> documents() {
    return Combinators.combine(
            values(3), Arbitraries.of("", " ", "\n", "\t \r\n").list().ofMinSize(1).ofMaxSize(7))
        .as(
            (tokens, spaces) -> {
              StringBuilder spaced = new StringBuilder();
              for (int i = 0; i < tokens.size(); i++) {
                spaced.append(spaces.get(i % spaces.size())).append(tokens.get(i));
              }
              return new Document(String.join("", tokens), spaced.append(spaces.get(0)).toString());
            });
  }

  private static Arbitrary<List<String>> values(int depth) {
    Arbitrary<List<String>> leaf =
        Arbitraries.oneOf(
                strings(),
                Arbitraries.of("0", "-1.50", "1E+2", "12345678901234567890.10"),
                Arbitraries.of("true", "false", "null"))
            .map(List::of);
    if (depth == 0) {
      return leaf;
    }
    Arbitrary<List<String>> array =
        values(depth - 1).list().ofMaxSize(3).map(items -> joined("[", items, "]"));
    Arbitrary<List<String>> object =
        Combinators.combine(strings(), values(depth - 1))
            .as(
                (key, value) -> {
                  List<String> member = new ArrayList<>(List.of(key, ":"));
                  member.addAll(value);
                  return member;
                })
            .list()
            .ofMaxSize(3)
            .map(members -> joined("{", members, "}"));
    return Arbitraries.oneOf(leaf, array, object);
  }

  private static Arbitrary<String> strings() {
    return Arbitraries.of(
            "a", " ", "\\\"", "\\\\", "\\n", "\\u00e9", "é", "漢", "😀", "{", "]", ",", ": ")
        .list()
        .ofMaxSize(20)
        .map(parts -> '"' + String.join("", parts) + '"');
  }

  private static List<String> joined(String open, List<List<String>> items, String close) {
    List<String> tokens = new ArrayList<>(List.of(open));
    for (int i = 0; i < items.size(); i++) {
      if (i > 0) {
        tokens.add(",");
      }
      tokens.addAll(items.get(i));
    }
    tokens.add(close);
    return tokens;
  }

  private static String compact(byte[] json, int start, int length) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JsonCompaction.write(json, start, length, out);
    return out.toString(UTF_8);
  }
}
