package dev.offpeak.submitter.failpoint;

import dev.offpeak.runtime.time.Sleeper;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Ends the process at once, without any shutdown, when a job comes to a place for the nth time. For
 * tests of whole processes: {@code OFFPEAK_FAILPOINT=submitter.after_create:2}. With a third part,
 * seconds such as {@code submitter.after_ledger_write:1:20}, the job is held there for so long
 * instead, so that the process can be frozen in that very place.
 */
public final class HaltAt implements Failpoints {

  private static final String VARIABLE = "OFFPEAK_FAILPOINT";
  private static final String SERVICE = "submitter.";

  /** As after a kill -9. */
  private static final int KILLED = 137;

  private final Failpoint place;
  private final int nth;
  private final Failpoints then;
  private final AtomicInteger seen = new AtomicInteger();

  private HaltAt(Failpoint place, int nth, Failpoints then) {
    this.place = place;
    this.nth = nth;
    this.then = then;
  }

  /**
   * What the environment asks for; nothing, unless it names a place of this service.
   *
   * @param halt ends the process with that exit code
   * @param sleeper holds a job
   * @throws IllegalArgumentException when there is no such place
   */
  public static Failpoints from(
      Map<String, String> environment, IntConsumer halt, Sleeper sleeper) {
    String value = environment.getOrDefault(VARIABLE, "");
    if (!value.startsWith(SERVICE)) {
      return NONE;
    }
    String[] parts = value.substring(SERVICE.length()).split(":", 3);
    int nth = parts.length < 2 ? 1 : Integer.parseInt(parts[1]);
    if (parts.length < 3) {
      return new HaltAt(place(parts[0]), nth, (_, _) -> halt.accept(KILLED));
    }
    Duration held = Duration.ofSeconds(Long.parseLong(parts[2]));
    return new HaltAt(place(parts[0]), nth, (_, _) -> sleeper.sleep(held));
  }

  private static Failpoint place(String name) {
    return Arrays.stream(Failpoint.values())
        .filter(place -> name(place).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    VARIABLE + " names '" + SERVICE + name + "'; there are " + names()));
  }

  private static List<String> names() {
    return Arrays.stream(Failpoint.values()).map(place -> SERVICE + name(place)).toList();
  }

  private static String name(Failpoint place) {
    return place.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public void reached(Failpoint failpoint, String batchId) throws InterruptedException {
    if (failpoint == place && seen.incrementAndGet() == nth) {
      then.reached(failpoint, batchId);
    }
  }
}
