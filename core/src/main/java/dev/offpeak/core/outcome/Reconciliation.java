package dev.offpeak.core.outcome;

import dev.offpeak.core.lane.Position;
import dev.offpeak.core.seal.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * Joins the lines of a job's results with the requests of its batch: which line counts for which
 * request, and which lines belong to none. One reference a request; not thread-safe.
 */
public final class Reconciliation {

  /** Answer of {@link #accept}: the line is for no request of this batch. */
  public static final int FOREIGN = -1;

  /** Answer of {@link #accept}: its request has a line that tells as much or more. */
  public static final int DUPLICATE = -2;

  private final Manifest manifest;

  private final @Nullable LineKind[] lines;

  private int joined;
  private int succeeded;
  private int unreadable;
  private int unexecuted;
  private boolean listsUnexecuted;

  /** No line seen yet. */
  public Reconciliation(Manifest manifest) {
    this.manifest = manifest;
    this.lines = new @Nullable LineKind[manifest.size()];
  }

  /**
   * Takes the next line.
   *
   * @param providerId the custom id in the line, null when it can't be read
   * @return index of its request in the manifest when the line is now the one that counts, else
   *     {@link #FOREIGN} or {@link #DUPLICATE}
   */
  public int accept(@Nullable CharSequence providerId, LineKind kind) {
    int index = indexOf(providerId);
    if (index < 0) {
      return FOREIGN;
    }
    listsUnexecuted |= kind.isUnexecuted();
    LineKind before = lines[index];
    if (before == null) {
      joined++;
    } else if (before.weight() >= kind.weight()) {
      return DUPLICATE;
    }
    count(before, -1);
    count(kind, 1);
    lines[index] = kind;
    return index;
  }

  private void count(@Nullable LineKind kind, int by) {
    if (kind == null) {
      return;
    }
    succeeded += kind == LineKind.SUCCEEDED ? by : 0;
    unreadable += kind == LineKind.UNREADABLE ? by : 0;
    unexecuted += kind.isUnexecuted() ? by : 0;
  }

  private int indexOf(@Nullable CharSequence providerId) {
    if (providerId == null) {
      return FOREIGN;
    }
    try {
      Position position = Position.parse(providerId);
      return position.partition() == manifest.partition()
          ? manifest.indexOf(position.offset())
          : FOREIGN;
    } catch (IllegalArgumentException notOurs) {
      return FOREIGN;
    }
  }

  /** What the line that counts for that request says; null when it has no line. */
  public @Nullable LineKind kindAt(int index) {
    return lines[index];
  }

  /** Requests with a line. */
  public int joined() {
    return joined;
  }

  /** Requests with an answer. */
  public int succeeded() {
    return succeeded;
  }

  /** Requests whose line can't be read. */
  public int unreadable() {
    return unreadable;
  }

  /** Requests whose line does not say that they were never executed. */
  public int executed() {
    return joined - unexecuted;
  }

  /** Whether the provider lists requests that it did not execute. */
  public boolean listsUnexecuted() {
    return listsUnexecuted;
  }
}
