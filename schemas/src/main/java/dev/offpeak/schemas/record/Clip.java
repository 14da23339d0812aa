package dev.offpeak.schemas.record;

import java.util.Locale;

/** Bounds texts that came from others. What is cut says so at its end. */
public final class Clip {

  private static final char UNKNOWN = '\uFFFD';

  private Clip() {}

  /**
   * At most that many characters of the text, and a mark when there were more. Halves of surrogate
   * pairs, which no encoding takes, become U+FFFD.
   */
  public static String text(String text, int most) {
    if (text.length() <= most) {
      return whole(text);
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return whole(text.substring(0, end))
        + String.format(Locale.ROOT, "… (%,d characters)", text.length());
  }

  private static String whole(String text) {
    int at = firstHalf(text, 0);
    if (at < 0) {
      return text;
    }
    StringBuilder whole = new StringBuilder(text);
    for (; at >= 0; at = firstHalf(whole, at)) {
      whole.setCharAt(at, UNKNOWN);
    }
    return whole.toString();
  }

  /** Index of the first half of a surrogate pair that stands alone, or -1. */
  private static int firstHalf(CharSequence text, int from) {
    int i = from;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) {
        i++;
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i += 2;
      } else {
        return i;
      }
    }
    return -1;
  }
}
