package dev.offpeak.testkit.process;

import java.io.IOException;

/** Makes a process stand still, with its connections open, and go on. */
public final class Freeze {

  private Freeze() {}

  /** {@code kill -STOP}. */
  public static void stop(Process process) throws IOException, InterruptedException {
    signal(process, "STOP");
  }

  /** {@code kill -CONT}: it goes on, and does not know that time has passed. */
  public static void end(Process process) throws IOException, InterruptedException {
    signal(process, "CONT");
  }

  private static void signal(Process process, String name)
      throws IOException, InterruptedException {
    int code =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    if (code != 0) {
      throw new IOException("kill -" + name + " of " + process + " failed: it is not there");
    }
  }
}
