package dev.offpeak.standalone.report;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Shows progress: on a terminal one line that changes in place, elsewhere a new line whenever it
 * changed and some time has passed.
 */
public final class ProgressBar {

  private static final Duration QUIET = Duration.ofSeconds(2);
  private static final int TERMINAL_WIDTH = 118;
  private static final String OVER_THE_LINE = "\r\u001b[2K";

  private final PrintStream out;
  private final boolean terminal;
  private @Nullable String shown;
  private Instant shownAt = Instant.MIN;

  /**
   * A bar on that stream.
   *
   * @param terminal whether a line can be written over
   */
  public ProgressBar(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Shows where the run stands, unless that was shown already. */
  public void show(Progress progress, Instant now) {
    String line = progress.line();
    boolean due = terminal || progress.finished() || !shownAt.plus(QUIET).isAfter(now);
    if (!due || line.equals(shown)) {
      return;
    }
    shown = line;
    shownAt = now;
    if (terminal) {
      out.print(OVER_THE_LINE + line.substring(0, Math.min(line.length(), TERMINAL_WIDTH)));
      out.flush();
    } else {
      out.println(line);
    }
  }

  /** Leaves the last line standing. */
  public void done() {
    if (terminal && shown != null) {
      out.println();
    }
  }
}
