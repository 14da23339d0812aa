package dev.offpeak.standalone.report;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows progress: on a terminal one line that changes in place and fits the window, elsewhere a new
 * line whenever it changed and some time has passed, and now and then when it did not.
 */
public final class ProgressBar implements ProgressView {

  private static final Duration QUIET = Duration.ofSeconds(2);

  /** Where nothing changes, a line is a sign of life all the same. */
  private static final Duration ALIVE = Duration.ofSeconds(30);

  private static final String OVER_THE_LINE = "\r\u001b[2K";

  private final PrintStream out;
  private final @Nullable IntSupplier columns;
  private @Nullable String shown;
  private Instant shownAt = Instant.MIN;

  /**
   * A bar on that stream.
   *
   * @param columns of the terminal, which may change; null when a line can't be written over
   */
  public ProgressBar(PrintStream out, @Nullable IntSupplier columns) {
    this.out = out;
    this.columns = columns;
  }

  @Override
  public void show(Progress progress, Instant now) {
    if (columns != null) {
      showOver(progress, Math.max(2, columns.getAsInt()), now);
      return;
    }
    String line = progress.line();
    boolean due =
        progress.finished() || !shownAt.plus(line.equals(shown) ? ALIVE : QUIET).isAfter(now);
    if (due && !(progress.finished() && line.equals(shown))) {
      shown = line;
      shownAt = now;
      out.println(line);
    }
  }

  /** The last column stays free: some terminals go to the next line when it is written. */
  private void showOver(Progress progress, int width, Instant now) {
    String line = progress.line(width - 1);
    if (line.equals(shown)) {
      return;
    }
    // A window that was made narrower has broken the last line into several.
    int rows = shown == null ? 0 : Math.max(0, shown.length() - 1) / width;
    String up = rows == 0 ? "" : "\u001b[" + rows + "A\r\u001b[J";
    shown = line;
    shownAt = now;
    out.print(up + OVER_THE_LINE + line);
    out.flush();
  }

  /** Leaves the last line standing. */
  @Override
  public void done() {
    if (columns != null && shown != null) {
      out.println();
    }
  }
}
