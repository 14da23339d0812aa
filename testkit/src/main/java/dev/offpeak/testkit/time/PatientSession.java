package dev.offpeak.testkit.time;

import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Gives Awaitility the patience of {@link Patience#LONG} in every module that has this one. */
public final class PatientSession implements LauncherSessionListener {

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    Awaitility.setDefaultTimeout(Patience.LONG);
  }
}
