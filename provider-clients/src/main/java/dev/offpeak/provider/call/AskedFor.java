package dev.offpeak.provider.call;

import dev.offpeak.core.provider.InputFile;
import dev.offpeak.core.provider.ProviderJob;

/**
 * Answers that must be about what was asked for: what is said of another job or file would be taken
 * for the end of ours.
 */
public final class AskedFor {

  private static final int QUOTED = 100;

  private AskedFor() {}

  /**
   * That job, asked for by this id.
   *
   * @throws IllegalArgumentException when it is another one
   */
  public static ProviderJob job(String id, ProviderJob answered) {
    require(id, answered.id());
    return answered;
  }

  /**
   * That file, asked for by this id.
   *
   * @throws IllegalArgumentException when it is another one
   */
  public static InputFile file(String id, InputFile answered) {
    require(id, answered.id());
    return answered;
  }

  /**
   * Accepts an answer about that id.
   *
   * @throws IllegalArgumentException when it is about another
   */
  public static void require(String asked, String answered) {
    if (!asked.equals(answered)) {
      throw new IllegalArgumentException(
          "it is about '" + shortened(answered) + "' and not about '" + shortened(asked) + "'");
    }
  }

  private static String shortened(String id) {
    return id.length() <= QUOTED ? id : id.substring(0, QUOTED) + "…";
  }
}
