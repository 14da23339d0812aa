package dev.offpeak.testkit.time;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.pollinterval.IterativePollInterval;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Gives Awaitility the patience of {@link Patience#LONG} in every module that has this one. What is
 * waited for longer is looked at less often: many a look reads a topic, and a busy machine has
 * better to do.
 */
public final class PatientSession implements LauncherSessionListener {

  private static final Duration FIRST_LOOK = Duration.ofMillis(50);
  private static final Duration LONGEST_INTERVAL = Duration.ofMillis(300);

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    Awaitility.setDefaultTimeout(Patience.LONG);
    Awaitility.setDefaultPollInterval(
        IterativePollInterval.iterative(PatientSession::next, FIRST_LOOK));
  }

  private static Duration next(Duration before) {
    Duration grown = before.multipliedBy(3).dividedBy(2);
    return grown.compareTo(LONGEST_INTERVAL) < 0 ? grown : LONGEST_INTERVAL;
  }
}
