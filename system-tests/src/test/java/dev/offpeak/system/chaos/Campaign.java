package dev.offpeak.system.chaos;

import java.time.Duration;

/**
 * How long and how hard an installation is ill-treated; {@code -Doffpeak.seed=7} and so on.
 *
 * @param seed of all that is random
 * @param blows processes killed, frozen or restarted
 * @param requests sent meanwhile
 * @param minutes in which that happens
 * @param instances of each service
 * @param slow how long a slow create takes
 * @param linger of open batches
 * @param urgentEvery one request in so many is called synchronously
 */
public record Campaign(
    long seed,
    int blows,
    int requests,
    double minutes,
    int instances,
    Duration slow,
    Duration linger,
    int urgentEvery) {

  /** What the command line says, else five minutes. */
  public static Campaign ofCommandLine() {
    double minutes = Double.parseDouble(System.getProperty("offpeak.minutes", "3"));
    return new Campaign(
        Long.getLong("offpeak.seed", System.currentTimeMillis()),
        Integer.getInteger("offpeak.kills", (int) Math.ceil(minutes * 12)),
        Integer.getInteger("offpeak.requests", (int) Math.ceil(minutes * 1_500)),
        minutes,
        Integer.getInteger("offpeak.instances", 2),
        Duration.ofSeconds(Integer.getInteger("offpeak.slow.seconds", 20)),
        Duration.ofMillis(Integer.getInteger("offpeak.linger.millis", 2_000)),
        Integer.getInteger("offpeak.urgent.every", 20));
  }

  /** How long blows and requests go on. */
  public Duration time() {
    return Duration.ofMillis((long) (minutes * 60_000));
  }

  /** The command line that does it again. */
  public String replay() {
    return "-Doffpeak.seed=%d -Doffpeak.kills=%d -Doffpeak.requests=%d -Doffpeak.minutes=%s"
            .formatted(seed, blows, requests, minutes)
        + " -Doffpeak.instances=%d -Doffpeak.slow.seconds=%d -Doffpeak.linger.millis=%d"
            .formatted(instances, slow.toSeconds(), linger.toMillis())
        + " -Doffpeak.urgent.every="
        + urgentEvery;
  }
}
