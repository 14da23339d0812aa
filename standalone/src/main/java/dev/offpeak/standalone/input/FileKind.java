package dev.offpeak.standalone.input;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Kinds of files that hold no lines of text, told by their first bytes. */
final class FileKind {

  /** The first bytes of a kind of file, and what to say about it. */
  private record Magic(int at, String bytes, String problem) {

    boolean begins(byte[] window) {
      if (window.length < at + bytes.length()) {
        return false;
      }
      return new String(window, at, bytes.length(), ISO_8859_1).equals(bytes);
    }
  }

  private static final List<Magic> MAGICS =
      List.of(
          new Magic(0, "PK\3\4", "it is a zip archive; unpack it and name the file that it holds"),
          new Magic(0, "PK\5\6", "it is an empty zip archive"),
          new Magic(0, "\u001f\u008b", "it is packed with gzip twice; unpack it once"),
          new Magic(0, "(\u00b5/\u00fd", packed("zstd", "zstd -dc")),
          new Magic(0, "BZh", packed("bzip2", "bzip2 -dc")),
          new Magic(0, "\u00fd7zXZ\0", packed("xz", "xz -dc")),
          new Magic(0, "\4\"M\30", packed("lz4", "lz4 -dc")),
          new Magic(0, "\u001f\u009d", packed("compress", "uncompress -c")),
          new Magic(0, "7z\u00bc\u00af", "it is a 7z archive; unpack it first"),
          new Magic(0, "Rar!", "it is a RAR archive; unpack it first"),
          new Magic(
              257, "ustar", "it is a tar archive; unpack it and name the files that it holds"),
          new Magic(0, "PAR1", table("Parquet")),
          new Magic(0, "ORC", table("ORC")),
          new Magic(0, "ARROW1", table("Arrow")),
          new Magic(0, "Obj\1", table("Avro")),
          new Magic(0, "SQLite format 3\0", table("SQLite")),
          new Magic(0, "\u00d0\u00cf\u0011\u00e0", table("old Excel or Word")),
          new Magic(0, "%PDF", "it is a PDF document, not request lines"));

  private FileKind() {}

  /** What is wrong with a file that begins so, or null when it may be text. */
  static @Nullable String problem(byte[] window) {
    if (window.length > 30 && MAGICS.getFirst().begins(window)) {
      String names = new String(window, ISO_8859_1);
      if (names.contains("[Content_Types].xml") || names.contains("xl/workbook")) {
        return "it is an Excel or Word document; export it as JSON lines first";
      }
    }
    return MAGICS.stream()
        .filter(each -> each.begins(window))
        .map(Magic::problem)
        .findFirst()
        .orElseGet(() -> wide(window));
  }

  private static @Nullable String wide(byte[] window) {
    int units = unitBytes(window);
    return units == 0
        ? null
        : "it is in UTF-%d; write it in UTF-8: iconv -f UTF-%d -t UTF-8 FILE"
            .formatted(8 * units, 8 * units);
  }

  /** Bytes of a character when it is text of wide characters, else 0. */
  private static int unitBytes(byte[] window) {
    int first = unit(window, 0, 2);
    if (first == 0xFFFE || first == 0xFEFF) {
      return unit(window, 2, 2) == 0 && window.length >= 4 ? 4 : 2;
    }
    if (first == 0 && unit(window, 2, 2) == 0xFEFF) {
      return 4;
    }
    // JSON begins with two characters of ASCII, of which wide ones show by their zeros.
    for (int width : new int[] {4, 2}) {
      if (isAscii(window, 0, width) && isAscii(window, width, width)) {
        return width;
      }
    }
    return 0;
  }

  private static boolean isAscii(byte[] window, int at, int width) {
    if (window.length < at + width) {
      return false;
    }
    int zeros = 0;
    for (int i = at; i < at + width; i++) {
      zeros += window[i] == 0 ? 1 : 0;
    }
    boolean little = window[at] > 0;
    boolean big = window[at + width - 1] > 0;
    return zeros == width - 1 && (little || big);
  }

  private static int unit(byte[] window, int at, int width) {
    int value = 0;
    for (int i = at; i < at + width; i++) {
      value = value << 8 | (i < window.length ? window[i] & 0xFF : 0);
    }
    return value;
  }

  private static String packed(String format, String command) {
    return "it is packed with " + format + "; unpack it: " + command + " FILE > requests.jsonl";
  }

  private static String table(String format) {
    return "it is a file of the " + format + " format; export it as JSON lines first";
  }
}
