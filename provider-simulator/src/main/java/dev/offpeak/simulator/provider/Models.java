package dev.offpeak.simulator.provider;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The models that exist.
 *
 * @param names of them; {@code *} at the end stands for anything; none: every name is a model
 */
public record Models(List<String> names) {
  /** Every name is a model. */
  public static final Models ANY = new Models(List.of());

  /** Copies the names. */
  public Models {
    names = List.copyOf(names);
  }

  /** Whether there is such a model. */
  public boolean knows(String model) {
    return names.isEmpty() || names.stream().anyMatch(name -> matches(name, model));
  }

  private static boolean matches(String name, String model) {
    return name.endsWith("*")
        ? model.startsWith(name.substring(0, name.length() - 1))
        : name.equals(model);
  }

  /** Those that are named in full: what a list of models shows. */
  public List<String> listed() {
    Pattern whole = Pattern.compile("[^*]+");
    return names.stream().filter(whole.asMatchPredicate()).toList();
  }
}
