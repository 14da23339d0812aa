package dev.offpeak.operations.inventory;

import dev.offpeak.runtime.config.load.Suggestion;
import java.util.Collection;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What is said of a name that nothing has: the closest one, and some of those that there are. */
public final class NearestNames {

  private static final int SHOWN = 8;

  private NearestNames() {}

  /** Two sentences at most, for behind another one. */
  public static String to(String unknown, Collection<String> known) {
    if (known.isEmpty()) {
      return "There is none yet.";
    }
    String some =
        new TreeSet<>(known).stream().limit(SHOWN).collect(Collectors.joining("', '", "'", "'"))
            + (known.size() > SHOWN ? " and " + (known.size() - SHOWN) + " more" : "");
    return Suggestion.closest(unknown, known)
            .map(name -> "Did you mean '" + name + "'? ")
            .orElse("")
        + "There is "
        + some
        + ".";
  }
}
