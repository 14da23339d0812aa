package dev.offpeak.provider.live;

import com.fasterxml.jackson.core.JsonParser;
import dev.offpeak.core.price.ReportedUsage;
import java.io.IOException;

/**
 * Where the answers of an API say what a call used.
 *
 * @param nest the member that holds the same again in events, such as {@code message}; empty for
 *     none
 * @param model the member with the model that answers
 * @param usage the member with the counts
 * @param counts reads that member
 * @param last which counts of a stream are the last ones
 */
public record LiveShape(String nest, String model, String usage, Counts counts, Last last) {

  /** Reads the member that is the current token, to its end. */
  @FunctionalInterface
  public interface Counts {

    /** What it says. */
    ReportedUsage read(JsonParser in) throws IOException;
  }

  /** Which counts of a stream no later ones follow. */
  public enum Last {
    /** The first that come, since they come with the end. */
    ANY,
    /** Those that stand outside the nest; what the nest has is how it began. */
    OUTSIDE_THE_NEST,
    /** None: each event may bring larger ones, until the end. */
    AT_THE_END
  }
}
