package dev.offpeak.system.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Decides by seed who is struck when, how, and for how long. */
final class Schedule {

  /** Some freezes outlast leases and sessions, most do not. */
  private static final long LONGEST_MILLIS = 14_000;

  private static final long LONGEST_DOWN_MILLIS = 5_000;

  private Schedule() {}

  /**
   * That many blows within a time, in their order.
   *
   * @param victims how many processes there are
   */
  static List<Blow> of(long seed, int blows, int victims, Duration within) {
    Random random = new Random(seed);
    List<Blow> all = new ArrayList<>();
    for (int i = 0; i < blows; i++) {
      Duration at = Duration.ofMillis(random.nextLong(within.toMillis()));
      // Everybody is struck before anybody is struck again.
      int victim = i % victims;
      Deed deed =
          switch (random.nextInt(5)) {
            case 0, 1 -> Deed.KILL;
            case 2, 3 -> Deed.FREEZE;
            default -> Deed.RESTART;
          };
      long longest = deed == Deed.FREEZE ? LONGEST_MILLIS : LONGEST_DOWN_MILLIS;
      all.add(new Blow(at, victim, deed, Duration.ofMillis(random.nextLong(longest))));
    }
    all.sort(Comparator.comparing(Blow::at));
    return List.copyOf(all);
  }
}
