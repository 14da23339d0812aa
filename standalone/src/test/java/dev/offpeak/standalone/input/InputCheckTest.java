package dev.offpeak.standalone.input;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InputCheckTest {

  private static final String LINE = line("é 1");
  private static final String LINES = LINE + "\n" + line("2") + "\n" + line("3") + "\n";

  @TempDir Path folder;

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void aMistakeOfTheWholeFileIsToldOnce(String kind, byte[] content, String said)
      throws IOException {
    Path file = Files.write(folder.resolve("input"), content);

    assertThatThrownBy(() -> InputCheck.check(file))
        .isInstanceOf(BrokenInput.class)
        .hasMessageContaining(said);
  }

  static Stream<Arguments> mistakes() {
    String indented = LINE.replace(",\"", ",\n  \"");
    return Stream.of(
        arguments("nothing", bytes(""), "empty"),
        arguments("blank lines", bytes("\n \r\n\t\n"), "only blank lines"),
        arguments("blank lines beyond the window", bytes("\n".repeat(300_000)), "blank"),
        arguments("gzip of nothing", gzip(bytes("")), "empty"),
        arguments("UTF-16 with its mark", LINES.getBytes(Charset.forName("UTF-16")), "UTF-16"),
        arguments("UTF-16LE", LINES.getBytes(UTF_16LE), "UTF-16"),
        arguments("UTF-16BE", LINES.getBytes(UTF_16BE), "UTF-16"),
        arguments("UTF-16 list", ("[" + LINE + "]").getBytes(UTF_16LE), "UTF-16"),
        arguments("UTF-16 in gzip", gzip(LINES.getBytes(UTF_16LE)), "UTF-16"),
        arguments("UTF-32", LINES.getBytes(Charset.forName("UTF-32LE")), "UTF-32"),
        arguments("UTF-32 with its mark", latin("ÿþ\0\0{\0\0\0"), "UTF-32"),
        arguments("UTF-32BE", LINES.getBytes(Charset.forName("UTF-32BE")), "UTF-32"),
        arguments("indented", bytes(indented + "\n" + indented), "jq -c"),
        arguments("indented, one brace a line", bytes("{\n\"custom_id\": \"a\"\n}\n"), "indented"),
        arguments(
            "indented and long",
            bytes("{\n\"custom_id\": \"" + "x".repeat(400_000) + "\"\n}\n"),
            "indented"),
        arguments("CSV", bytes("id,question\n1,What?\n2,\"Why, so?\"\n"), "CSV"),
        arguments("TSV", bytes("id\tquestion\n1\tWhat?\n"), "TSV"),
        arguments("semicolons", bytes("id;question\n1;What?\n"), "CSV"),
        arguments("text", bytes("hello\nworld\n"), "'hello'"),
        arguments("YAML", bytes("- custom_id: a\n"), "none of its lines"),
        arguments("a web page", bytes("\n<!doctype html>\n<html>"), "web page"),
        arguments("zip", latin("PK\3\4\24\0\0\0\10\0" + "x".repeat(99)), "zip"),
        arguments("xlsx", latin("PK\3\4" + "x".repeat(99) + "[Content_Types].xml"), "Excel"),
        arguments("zstd", latin("(µ/ý$\0xxxx"), "zstd"),
        arguments("bzip2", latin("BZh91AY&SY"), "bzip2"),
        arguments("xz", latin("ý7zXZ\0\0\4"), "xz"),
        arguments("tar in gzip", gzip(latin("x".repeat(257) + "ustar\0")), "tar"),
        arguments("gzip in gzip", gzip(gzip(bytes(LINES))), "twice"),
        arguments("Parquet", latin("PAR1\25\4"), "Parquet"),
        arguments("binary", latin("\u0089PNG\r\n\32\n\0\0\0\rIHDR"), "binary"),
        arguments("gzip cut", cut(gzip(bytes(LINES.repeat(2_000)))), "cut off"),
        arguments("gzip cut at once", Arrays.copyOf(gzip(bytes(LINES)), 12), "cut off"),
        arguments("gzip cut in its last bytes", butLast(gzip(bytes(LINES))), "cut off"),
        arguments("only carriage returns", bytes(LINES.replace('\n', '\r')), "carriage return"),
        arguments("no list of objects", bytes("[\"a\",\"b\"]"), "not of request objects"),
        arguments("an empty list", bytes(" [ ]\n"), "empty list"),
        arguments("a list cut off", bytes("[" + LINE + ",\n" + LINE.substring(0, 50)), "line 2"),
        arguments("a list without its end", bytes("[" + LINE + "\n"), "] is missing"),
        arguments("a list with more behind", bytes("[" + LINE + "]\n" + LINE), "more follows"),
        arguments("a list with a hole", bytes("[" + LINE + ",,\n" + LINE + "]"), "missing"),
        arguments("a list without commas", bytes("[" + LINE + "\n" + LINE + "]"), "comma"),
        arguments(
            "OpenAI's results",
            bytes("{\"id\":\"x\",\"custom_id\":\"a\",\"response\":{\"body\":{}},\"error\":null}\n"),
            "results of a batch"),
        arguments(
            "Anthropic's results",
            bytes("{\"custom_id\":\"a\",\"result\":{\"type\":\"succeeded\"}}\n"),
            "results of a batch"),
        arguments(
            "our outcomes",
            bytes("{\"custom_id\":\"a\",\"response\":null,\"error\":{},\"offpeak\":{}}\n"),
            ".offpeak.original"),
        arguments(
            "fine-tuning", bytes("{\"messages\":[{\"role\":\"user\"}]}\n"), "offpeak requests"),
        arguments(
            "bodies", bytes("{\"model\":\"gpt-4o\",\"messages\":[]}\n"), "what goes around them"),
        arguments(
            "a data set",
            bytes("{\"question\":\"x\",\"answer\":\"y\"}\n".repeat(3)),
            "--prompt '{question}'"),
        arguments("Anthropic's create call", bytes("{\"requests\":[{}]}"), ".requests[]"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("fine")
  void whatMayHoldRequestsPasses(String kind, byte[] content) throws IOException {
    Path file = Files.write(folder.resolve("input"), content);

    assertThatCode(() -> InputCheck.check(file)).doesNotThrowAnyException();
  }

  static Stream<Arguments> fine() {
    return Stream.of(
        arguments("lines", bytes(LINES)),
        arguments("Windows' lines", bytes(LINES.replace("\n", "\r\n"))),
        arguments("no last line feed", bytes(LINE)),
        arguments("the mark of UTF-8", bytes("\uFEFF" + LINES)),
        arguments("blank lines before", bytes("\n".repeat(300_000) + LINES)),
        arguments("gzip", gzip(bytes(LINES))),
        arguments("two members of gzip", twice(gzip(bytes(LINES)))),
        arguments("a list", bytes("\uFEFF [" + LINES.strip().replace("\n", ",\n") + "]\n")),
        arguments("a list in gzip", gzip(bytes("[\n" + LINE + "\n]"))),
        arguments("a bad line among good ones", bytes("garbage\n[1]\n" + LINES)),
        arguments("a list's line first", bytes("[1,2]\n" + LINES)),
        arguments("a cut line first", bytes(LINE.substring(0, 40) + "\n" + LINES)),
        arguments(
            "a line cut behind its colon first", bytes("{\"custom_id\":\"a\",\"x\":\n" + LINES)),
        arguments("NULs first", latin("{\0\0\0\n\0abc\n" + LINE)),
        arguments("text in Latin-1", latin(LINES)),
        arguments("a results line among requests", bytes("{\"response\":1}\n" + LINES)),
        arguments("an empty object", bytes("{}\n")),
        arguments("a line longer than the window", bytes(line("x".repeat(600_000)) + "\n")),
        arguments("a cut line alone", bytes("{\"custom_id\":\"a\",\"body\":\n")));
  }

  private static String line(String text) {
    return "{\"custom_id\":\"a\",\"method\":\"POST\",\"url\":\"/v1/responses\",\"body\":{\"input\":\""
        + text
        + "\"}}";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static byte[] latin(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static byte[] cut(byte[] all) {
    return Arrays.copyOf(all, all.length / 2);
  }

  private static byte[] butLast(byte[] all) {
    return Arrays.copyOf(all, all.length - 1);
  }

  private static byte[] twice(byte[] one) {
    byte[] both = Arrays.copyOf(one, 2 * one.length);
    System.arraycopy(one, 0, both, one.length, one.length);
    return both;
  }

  private static byte[] gzip(byte[] content) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
