package dev.offpeak.provider.call;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Hides an account's key in what a provider says. A key that is a common word, such as a
 * simulator's, is no secret, and hiding it would garble the message; a real one is long or has
 * digits, and is hidden wherever it stands.
 */
final class KeyMask {

  private static final String HIDDEN = "***";

  /** Real keys are far longer. */
  private static final int WORD = 20;

  /** Shorter ones are found by chance, so that they are hidden only where they stand alone. */
  private static final int ALONE = 12;

  private final @Nullable Pattern key;

  KeyMask(String key) {
    this.key = pattern(key);
  }

  private static @Nullable Pattern pattern(String key) {
    boolean word = key.length() < WORD && key.chars().allMatch(Character::isLetter);
    if (key.isBlank() || word) {
      return null;
    }
    String quoted = Pattern.quote(key);
    return Pattern.compile(
        key.length() < ALONE ? "(?<![A-Za-z0-9_-])" + quoted + "(?![A-Za-z0-9_-])" : quoted);
  }

  String of(String message) {
    return key == null
        ? message
        : key.matcher(message).replaceAll(Matcher.quoteReplacement(HIDDEN));
  }
}
