package dev.offpeak.simulator.answer;

import dev.offpeak.simulator.fault.JobScript.LineFate;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks to be done to itself: {@code [sim:…]} anywhere in its body, for instance in a
 * message, in {@code user} or in {@code metadata}.
 *
 * @param failStatus {@code [sim:fail=400]}: fails with this HTTP status; 0 gives OpenAI's line
 *     without a status
 * @param once {@code [sim:fail-once=500]}: only the first time this body is executed
 * @param tokens {@code [sim:tokens=200]}: writes this many tokens, 0 when not asked for
 * @param fate {@code [sim:missing]}, {@code [sim:duplicate]}, {@code [sim:garbled]}: what becomes
 *     of its line in the results
 */
public record Marker(@Nullable Integer failStatus, boolean once, int tokens, LineFate fate) {
  /** Nothing is asked. */
  public static final Marker NONE = new Marker(null, false, 0, LineFate.PLAIN);

  private static final byte[] OPEN = "[sim:".getBytes(StandardCharsets.US_ASCII);
  private static final int MAX_LENGTH = 40;

  /** The markers between two places of a buffer, all of them together. */
  public static Marker find(byte[] buffer, int from, int to) {
    Marker found = NONE;
    for (int i = from; i < to - OPEN.length; i++) {
      if (buffer[i] == '[' && opensAt(buffer, i)) {
        found = found.with(word(buffer, i + OPEN.length, to));
      }
    }
    return found;
  }

  /** The same, with what a script wants where the request itself asks for nothing. */
  public Marker orElse(@Nullable Integer scriptedStatus, LineFate scriptedFate) {
    LineFate itsFate = fate == LineFate.PLAIN ? scriptedFate : fate;
    return failStatus == null
        ? new Marker(scriptedStatus, false, tokens, itsFate)
        : new Marker(failStatus, once, tokens, itsFate);
  }

  private static boolean opensAt(byte[] buffer, int at) {
    for (int i = 1; i < OPEN.length; i++) {
      if (buffer[at + i] != OPEN[i]) {
        return false;
      }
    }
    return true;
  }

  private static String word(byte[] buffer, int from, int to) {
    int end = from;
    while (end < to && end - from < MAX_LENGTH && buffer[end] != ']') {
      end++;
    }
    return new String(buffer, from, end - from, StandardCharsets.UTF_8);
  }

  private Marker with(String word) {
    int equals = word.indexOf('=');
    String name = equals < 0 ? word : word.substring(0, equals);
    int number = equals < 0 ? -1 : number(word.substring(equals + 1));
    return switch (name) {
      case "fail" -> number < 0 ? this : new Marker(number, false, tokens, fate);
      case "fail-once" -> number < 0 ? this : new Marker(number, true, tokens, fate);
      case "tokens" -> number < 0 ? this : new Marker(failStatus, once, number, fate);
      case "missing" -> new Marker(failStatus, once, tokens, LineFate.MISSING);
      case "duplicate" -> new Marker(failStatus, once, tokens, LineFate.DUPLICATE);
      case "garbled" -> new Marker(failStatus, once, tokens, LineFate.GARBLED);
      default -> this;
    };
  }

  private static int number(String digits) {
    boolean number =
        !digits.isEmpty() && digits.length() < 7 && digits.chars().allMatch(Character::isDigit);
    return number ? Integer.parseInt(digits) : -1;
  }
}
