package dev.offpeak.simulator.store;

import dev.offpeak.simulator.chance.Mix;
import java.util.random.RandomGenerator;

/** Makes ids as the providers do: a prefix and something that cannot be guessed. */
public final class Ids {
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final String LOWER_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";
  private static final int LENGTH = 24;

  private final RandomGenerator random;

  /** Ids from the given source, which must not repeat itself after a restart. */
  public Ids(RandomGenerator random) {
    this.random = random;
  }

  /** A new id. */
  public String next(String prefix) {
    return prefix + letters(random.nextLong());
  }

  /** An id that follows from another one, so that a repeated step makes the same one again. */
  public static String derived(String prefix, String from) {
    return prefix + letters(Mix.hash(prefix + from));
  }

  /** A new id of lowercase letters and digits. */
  public String lower(int length) {
    return letters(random.nextLong(), length, LOWER_ALPHABET);
  }

  private static String letters(long seed) {
    return letters(seed, LENGTH, ALPHABET);
  }

  private static String letters(long seed, int length, String alphabet) {
    StringBuilder letters = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      letters.append(alphabet.charAt(Math.floorMod(Mix.mix(seed, i), alphabet.length())));
    }
    return letters.toString();
  }
}
