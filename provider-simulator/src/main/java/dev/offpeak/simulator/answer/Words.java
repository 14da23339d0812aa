package dev.offpeak.simulator.answer;

import java.util.Arrays;
import java.util.Locale;

/** Writes sentences of any length from a seed, into one reused buffer. */
public final class Words {
  private static final int CHARS_PER_TOKEN = 4;
  private static final char[][] WORDS =
      Arrays.stream(
              ("the answer follows from a short look at each part in turn and the numbers agree"
                   + " with what was given first we take the total then divide it by the count of"
                   + " items which leaves only one case to check because every other option was"
                   + " ruled out before this step is simple but easy to miss so it helps to write"
                   + " it down clearly for example when both sides are equal their difference is"
                   + " zero as expected here that result can also be found another way by moving"
                   + " along the table row after row until nothing remains finally we compare")
                  .split(" ", -1))
          .map(String::toCharArray)
          .toArray(char[][]::new);

  private char[] buffer = new char[4096];
  private int length;

  /**
   * Writes a text of about that many tokens that begins with given words and ends with a full stop.
   *
   * @param seed chooses the words
   * @param opening the first words, one or more
   * @param tokens at four characters a token
   */
  public void write(long seed, String opening, long tokens) {
    length = 0;
    append(opening.toCharArray());
    long target = tokens * CHARS_PER_TOKEN;
    int inSentence = 0;
    long state = seed;
    while (length < target) {
      state = state * 6364136223846793005L + 1442695040888963407L;
      char[] word = WORDS[(int) ((state >>> 33) % WORDS.length)];
      boolean first = inSentence == 0;
      if (first && Character.isLetterOrDigit(buffer[length - 1])) {
        append('.');
      }
      append(' ');
      append(word);
      if (first) {
        int at = length - word.length;
        buffer[at] = String.valueOf(buffer[at]).toUpperCase(Locale.ROOT).charAt(0);
      }
      inSentence++;
      if (inSentence > 6 && (state >>> 60) < 3) {
        inSentence = 0;
      }
    }
    append('.');
  }

  private void append(char c) {
    if (length == buffer.length) {
      buffer = Arrays.copyOf(buffer, length * 2);
    }
    buffer[length++] = c;
  }

  private void append(char[] chars) {
    while (length + chars.length > buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    System.arraycopy(chars, 0, buffer, length, chars.length);
    length += chars.length;
  }

  /** The buffer that holds the text. */
  public char[] buffer() {
    return buffer;
  }

  /** How many characters of the buffer are the text. */
  public int length() {
    return length;
  }
}
