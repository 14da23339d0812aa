package dev.offpeak.standalone.report;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a run stands.
 *
 * @param read lines that are safely in the topic
 * @param allRead whether these are all
 * @param sealed requests in batches that wait or are being submitted
 * @param running requests in jobs at the provider
 * @param executed of these, as far as the provider tells
 * @param done requests with an answer
 * @param failed requests with a failure
 * @param duplicates lines dropped as the same request as one before
 * @param waitsFor why a job is held back, when one says so
 */
public record Progress(
    long read,
    boolean allRead,
    long sealed,
    long running,
    long executed,
    long done,
    long failed,
    long duplicates,
    @Nullable String waitsFor) {

  private static final int WIDTH = 24;

  /** Lines that have come to their end. */
  public long settled() {
    return done + failed + duplicates;
  }

  /** Whether every line has come to its end. */
  public boolean finished() {
    return allRead && settled() == read;
  }

  /** Whether lines are in no batch yet, or in one whose results are on their way. */
  public boolean hasUnsealed() {
    return settled() + sealed + running < read;
  }

  /** One line for a person. */
  public String line() {
    int filled = read == 0 ? 0 : (int) (WIDTH * settled() / read);
    String line =
        String.format(
            Locale.ROOT,
            "[%s%s] %,d%s read | %,d sealed | %,d running | %,d done | %,d failed",
            "#".repeat(filled),
            ".".repeat(WIDTH - filled),
            read,
            allRead ? "" : "+",
            sealed,
            running,
            done,
            failed);
    if (running > 0 && executed > 0) {
      line += String.format(Locale.ROOT, " | provider at %d%%", 100 * executed / running);
    }
    return waitsFor == null ? line : line + " | waits: " + waitsFor;
  }
}
