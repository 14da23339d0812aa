package dev.offpeak.core.lane;

import java.util.Collection;
import java.util.List;

/**
 * Which edition of its API a request asks a provider for, where a batch has one for all of its
 * requests. What is not asked for is as the account says.
 *
 * @param version a date, such as {@code 2026-10-21}, or empty
 * @param betas features by name, sorted and each once
 */
public record Edition(String version, List<String> betas) {

  /** Nothing is asked for. */
  public static final Edition USUAL = new Edition("", List.of());

  private static final String VERSION = "\\d{4}-\\d{2}-\\d{2}";
  private static final String BETA = "[A-Za-z0-9_.:-]{1,64}";
  private static final int MOST_BETAS = 32;

  /** The version that takes no {@code temperature}, {@code top_p} and {@code top_k} any more. */
  private static final String WITHOUT_SAMPLING = "2026-10-21";

  public Edition {
    if (!version.isEmpty() && !version.matches(VERSION)) {
      throw new IllegalArgumentException("a version must be a date such as " + WITHOUT_SAMPLING);
    }
    for (String beta : betas) {
      if (!beta.matches(BETA)) {
        throw new IllegalArgumentException(
            "the name of a beta has 1 to 64 letters, digits and . _ : - only");
      }
    }
    betas = betas.stream().distinct().sorted().toList();
    if (betas.size() > MOST_BETAS) {
      throw new IllegalArgumentException("at most " + MOST_BETAS + " betas can be asked for");
    }
  }

  /** That version and those features; {@link #USUAL} itself when there are none. */
  public static Edition of(String version, Collection<String> betas) {
    return version.isEmpty() && betas.isEmpty() ? USUAL : new Edition(version, List.copyOf(betas));
  }

  /** As part of a lane's id: {@code version+beta,beta}; empty for {@link #USUAL}. */
  String id() {
    return betas.isEmpty() ? version : version + '+' + String.join(",", betas);
  }

  /** Parses {@link #id}; {@link #USUAL} when the text is none. */
  static Edition find(String id) {
    int plus = id.indexOf('+');
    String version = plus < 0 ? id : id.substring(0, plus);
    List<String> betas = plus < 0 ? List.of() : List.of(id.substring(plus + 1).split(",", -1));
    boolean fits = version.isEmpty() || version.matches(VERSION);
    return fits && betas.size() <= MOST_BETAS && betas.stream().allMatch(b -> b.matches(BETA))
        ? of(version, betas)
        : USUAL;
  }

  /**
   * Whether a provider of that version refuses {@code temperature} and its like, even at their
   * defaults (docs/providers B).
   */
  public static boolean refusesSampling(String version) {
    return version.matches(VERSION) && version.compareTo(WITHOUT_SAMPLING) >= 0;
  }
}
