package dev.offpeak.submitter.failpoint;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What keeps a batch from being submitted twice. All of it is in force, unless a test of whole
 * processes switches something off to see that it is missed: {@code
 * OFFPEAK_UNSAFE=submitter.fencing,submitter.intent}.
 *
 * @param fencing whether a newer owner of a partition fences the older one out
 * @param intent whether it is recorded before an upload or a create that it is about to be made
 */
public record DuplicateGuards(boolean fencing, boolean intent) {

  /** As it is. */
  public static final DuplicateGuards ALL = new DuplicateGuards(true, true);

  private static final Logger LOGGER = LoggerFactory.getLogger(DuplicateGuards.class);
  private static final String VARIABLE = "OFFPEAK_UNSAFE";
  private static final String SERVICE = "submitter.";
  private static final String FENCING = SERVICE + "fencing";
  private static final String INTENT = SERVICE + "intent";

  /**
   * What the environment leaves of them.
   *
   * @throws IllegalArgumentException when it names one of this service that there is not
   */
  public static DuplicateGuards from(Map<String, String> environment) {
    List<String> off =
        Arrays.stream(environment.getOrDefault(VARIABLE, "").split(","))
            .map(String::strip)
            .filter(name -> name.startsWith(SERVICE))
            .toList();
    var unknown = new TreeSet<>(off);
    unknown.removeAll(List.of(FENCING, INTENT));
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          VARIABLE + " names " + unknown + "; there are " + FENCING + " and " + INTENT);
    }
    if (!off.isEmpty()) {
      LOGGER.atError().addKeyValue("off", off).log("not safe: batches may be paid for twice");
    }
    return new DuplicateGuards(!off.contains(FENCING), !off.contains(INTENT));
  }
}
