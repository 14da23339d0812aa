package dev.offpeak.runtime.config.load;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Did you mean: the known name that is closest to one that nobody knows. */
public final class Suggestion {

  private Suggestion() {}

  /** What is said of a key that stands there and that nobody knows. */
  static ConfigProblem unknownKey(ConfigPath path, String key, Collection<String> known) {
    return new ConfigProblem(
        path.child(key).dotted(),
        null,
        "there is no such setting",
        closest(key, known)
            .map(name -> "Did you mean " + path.child(name).dotted() + "?")
            .orElse("Remove it; possible here: " + String.join(", ", known)));
  }

  /** The closest name, when no more than a third of its letters need to change. */
  public static Optional<String> closest(String unknown, Collection<String> known) {
    return known.stream()
        .filter(name -> distance(unknown, name) <= Math.max(1, name.length() / 3))
        .min(
            Comparator.comparingInt((String name) -> distance(unknown, name))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Levenshtein: how many letters must be inserted, removed or changed. */
  static int distance(String from, String to) {
    var previous = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      var current = new int[to.length() + 1];
      current[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        current[j] =
            Math.min(previous[j - 1] + change, Math.min(previous[j] + 1, current[j - 1] + 1));
      }
      previous = current;
    }
    return previous[to.length()];
  }
}
