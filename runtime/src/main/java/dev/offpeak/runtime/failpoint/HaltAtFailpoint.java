package dev.offpeak.runtime.failpoint;

import dev.offpeak.core.wait.Sleeper;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Ends the process at once, without any shutdown, when its work comes to a place for the nth time:
 * {@code OFFPEAK_FAILPOINT=submitter.after_create:2}. With a third part, seconds such as {@code
 * submitter.after_ledger_write:1:20}, the work is held there for so long instead, so that the
 * process can be frozen in that very place.
 */
public final class HaltAtFailpoint<P extends Enum<P>> implements FailpointListener<P> {

  private static final String VARIABLE = "OFFPEAK_FAILPOINT";

  /** As after a kill -9. */
  private static final int KILLED = 137;

  private final P place;
  private final int nth;
  private final FailpointListener<P> then;
  private final AtomicInteger seen = new AtomicInteger();

  private HaltAtFailpoint(P place, int nth, FailpointListener<P> then) {
    this.place = place;
    this.nth = nth;
    this.then = then;
  }

  /**
   * What the environment asks for; nothing, unless it names a place of this service.
   *
   * @param service the name before the dot
   * @param places of that service
   * @param halt ends the process with that exit code
   * @param sleeper holds the work
   * @throws IllegalArgumentException when there is no such place
   */
  public static <P extends Enum<P>> FailpointListener<P> from(
      String service,
      Class<P> places,
      Map<String, String> environment,
      IntConsumer halt,
      Sleeper sleeper) {
    String value = environment.getOrDefault(VARIABLE, "");
    if (!value.startsWith(service + ".")) {
      return FailpointListener.nowhere();
    }
    String[] parts = value.split(":", 3);
    P place = place(service, places, parts[0]);
    int nth = parts.length < 2 ? 1 : Integer.parseInt(parts[1]);
    if (parts.length < 3) {
      return new HaltAtFailpoint<>(place, nth, _ -> halt.accept(KILLED));
    }
    Duration held = Duration.ofSeconds(Long.parseLong(parts[2]));
    return new HaltAtFailpoint<>(place, nth, _ -> sleeper.sleep(held));
  }

  private static <P extends Enum<P>> P place(String service, Class<P> places, String name) {
    List<P> all = Arrays.asList(places.getEnumConstants());
    return all.stream()
        .filter(place -> name(service, place).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    VARIABLE
                        + " names '"
                        + name
                        + "'; there are "
                        + all.stream().map(place -> name(service, place)).toList()));
  }

  private static String name(String service, Enum<?> place) {
    return service + "." + place.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public void reached(P reached) throws InterruptedException {
    if (reached == place && seen.incrementAndGet() == nth) {
      then.reached(reached);
    }
  }
}
