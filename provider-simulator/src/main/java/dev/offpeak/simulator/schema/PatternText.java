package dev.offpeak.simulator.schema;

import dev.offpeak.simulator.chance.Mix;

/**
 * Writes a text that a regular expression finds: literals, classes, groups, alternatives and
 * repetitions. What it does not know it takes literally; the caller looks whether the text fits.
 */
final class PatternText {
  private static final String DIGITS = "0123456789";
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";
  private static final int MOST_REPEATS = 10_000;

  private final String pattern;
  private final int repeats;
  private long state;
  private int at;

  /**
   * @param repeats how often what may be repeated without end is repeated
   */
  PatternText(String pattern, long seed, int repeats) {
    this.pattern = pattern;
    this.repeats = repeats;
    this.state = seed;
  }

  String text() {
    StringBuilder out = new StringBuilder();
    while (at < pattern.length()) {
      out.append(alternatives());
      at++;
    }
    return out.toString();
  }

  private int chance(int bound) {
    state = Mix.mix(state, 11);
    return (int) Long.remainderUnsigned(state, Math.max(1, bound));
  }

  private boolean isAt(char c) {
    return at < pattern.length() && pattern.charAt(at) == c;
  }

  /** Up to a closing bracket, or the end. */
  private String alternatives() {
    String chosen = sequence();
    for (int count = 2; isAt('|'); count++) {
      at++;
      String other = sequence();
      chosen = chance(count) == 0 ? other : chosen;
    }
    return chosen;
  }

  private String sequence() {
    StringBuilder out = new StringBuilder();
    while (at < pattern.length() && !isAt('|') && !isAt(')')) {
      int from = at;
      String piece = piece();
      int behind = at;
      int[] times = times();
      int count = times[0] + chance(times[1] - times[0] + 1);
      int after = at;
      for (int i = 0; i < count; i++) {
        at = from;
        out.append(i == 0 ? piece : piece());
      }
      at = Math.max(after, behind);
    }
    return out.toString();
  }

  private String piece() {
    char c = pattern.charAt(at++);
    return switch (c) {
      case '^', '$' -> "";
      case '.' -> letter();
      case '(' -> group();
      case '[' -> oneOf();
      case '\\' -> escaped();
      default -> Character.toString(c);
    };
  }

  private String letter() {
    return Character.toString(LETTERS.charAt(chance(LETTERS.length())));
  }

  private String group() {
    boolean looksAhead = false;
    if (isAt('?')) {
      at++;
      looksAhead = isAt('=') || isAt('!');
      while (at < pattern.length() && ":=!>".indexOf(pattern.charAt(at)) < 0) {
        at++;
      }
      at++;
    }
    String inner = alternatives();
    at++;
    return looksAhead ? "" : inner;
  }

  private String escaped() {
    char c = at < pattern.length() ? pattern.charAt(at++) : '\\';
    return switch (c) {
      case 'd' -> Character.toString(DIGITS.charAt(chance(DIGITS.length())));
      case 'w', 'D', 'S' -> letter();
      case 's' -> " ";
      case 'W' -> "-";
      case 'n' -> "\n";
      case 't' -> "\t";
      case 'r' -> "\r";
      case 'b', 'B', 'A', 'z', 'Z' -> "";
      default -> Character.toString(c);
    };
  }

  private String oneOf() {
    boolean others = isAt('^');
    at += others ? 1 : 0;
    StringBuilder all = new StringBuilder();
    boolean first = true;
    while (at < pattern.length() && (first || !isAt(']'))) {
      first = false;
      String low = isAt('\\') ? inClass() : Character.toString(pattern.charAt(at++));
      boolean range = isAt('-') && at + 1 < pattern.length() && pattern.charAt(at + 1) != ']';
      if (range && low.length() == 1) {
        at++;
        char high = isAt('\\') ? inClass().charAt(0) : pattern.charAt(at++);
        for (int c = low.charAt(0); c <= high && all.length() < MOST_REPEATS; c++) {
          all.append((char) c);
        }
      } else {
        all.append(low);
      }
    }
    at++;
    if (others) {
      String shunned = all.toString();
      all.setLength(0);
      (LETTERS + DIGITS + LETTERS.toUpperCase(java.util.Locale.ROOT) + " -_")
          .chars()
          .filter(c -> shunned.indexOf(c) < 0)
          .forEach(c -> all.append((char) c));
    }
    return all.isEmpty() ? "" : Character.toString(all.charAt(chance(all.length())));
  }

  /** All that an escape stands for within a class. */
  private String inClass() {
    at++;
    char c = pattern.charAt(at);
    if (c == 'd' || c == 'w' || c == 's') {
      at++;
      return c == 'd' ? DIGITS : c == 'w' ? LETTERS + DIGITS + "_" : " ";
    }
    return escaped();
  }

  /** How often the piece before is to be written, from and to. */
  private int[] times() {
    int[] times = {1, 1};
    if (isAt('?')) {
      times = new int[] {0, 1};
    } else if (isAt('*')) {
      times = new int[] {repeats > 1 ? repeats : 0, repeats};
    } else if (isAt('+')) {
      times = new int[] {repeats, repeats};
    } else if (isAt('{') && at + 1 < pattern.length() && isDigit(pattern.charAt(at + 1))) {
      int end = pattern.indexOf('}', at);
      String[] bounds = pattern.substring(at + 1, end).split(",", -1);
      int low = number(bounds[0], 0);
      int high = bounds.length == 1 ? low : number(bounds[1], Math.max(low, repeats));
      times = new int[] {low, high};
      at = end;
    } else {
      return times;
    }
    at++;
    if (isAt('?') || isAt('+')) {
      at++;
    }
    return times;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int number(String digits, int otherwise) {
    return digits.isEmpty() || digits.length() > 5
        ? otherwise
        : Math.min(MOST_REPEATS, Integer.parseInt(digits));
  }
}
