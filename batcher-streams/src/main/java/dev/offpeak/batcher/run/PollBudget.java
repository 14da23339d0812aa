package dev.offpeak.batcher.run;

/** How many bytes a poll has brought, and may bring. Used by the consumer's thread alone. */
final class PollBudget {

  private final long bytes;
  private long used;

  PollBudget(long bytes) {
    this.bytes = bytes;
  }

  /** A poll begins. */
  void begin() {
    used = 0;
  }

  /** Whether the poll may bring so many bytes more; the first of a poll always are. */
  boolean spend(int more) {
    if (used > 0 && used + more > bytes) {
      return false;
    }
    used += more;
    return true;
  }
}
