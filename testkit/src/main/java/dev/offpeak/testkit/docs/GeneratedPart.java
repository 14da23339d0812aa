package dev.offpeak.testkit.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The part of a page in {@code docs} that is made of the code: what stands between two comments.
 * The rest is written by hand.
 */
public final class GeneratedPart {

  private static final String BEGIN = "<!-- made of the code: ";
  private static final String END = "<!-- end of what is made of the code -->\n";

  private GeneratedPart() {}

  /**
   * Fails when the part is another one than this; with {@code -Doffpeak.docs.write=true} it is
   * written first.
   *
   * @param page its name below {@code docs}; tests run in the folder of their module
   * @param expected lines, each with its line feed
   */
  public static void check(String page, String expected) throws IOException {
    Path file = Path.of("..", "docs", page);
    String text = Files.readString(file);
    int begin = text.indexOf('\n', text.indexOf(BEGIN)) + 1;
    int end = text.indexOf(END);
    assertTrue(
        text.contains(BEGIN) && begin <= end, () -> file + " has no comments " + BEGIN + END);
    if (Boolean.getBoolean("offpeak.docs.write")) {
      Files.writeString(file, text.substring(0, begin) + expected + text.substring(end));
      return;
    }
    assertEquals(
        expected,
        text.substring(begin, end),
        () ->
            file + " is not what the code says; the test writes it with -Doffpeak.docs.write=true");
  }
}
