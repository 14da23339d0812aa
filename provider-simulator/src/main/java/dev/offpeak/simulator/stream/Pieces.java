package dev.offpeak.simulator.stream;

import java.util.ArrayList;
import java.util.List;

/** Texts in pieces of some tokens each. */
public final class Pieces {
  private static final int CHARS = 12;

  private Pieces() {}

  /** The pieces of a text, none of an empty one. They never part the two halves of a character. */
  public static List<String> of(String text) {
    List<String> pieces = new ArrayList<>();
    int from = 0;
    while (from < text.length()) {
      int to = Math.min(text.length(), from + CHARS);
      if (to < text.length() && Character.isLowSurrogate(text.charAt(to))) {
        to++;
      }
      pieces.add(text.substring(from, to));
      from = to;
    }
    return pieces;
  }
}
