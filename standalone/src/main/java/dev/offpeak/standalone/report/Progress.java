package dev.offpeak.standalone.report;

import dev.offpeak.runtime.health.Waiting;
import java.util.List;

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
 * @param waits what is held back and says why, whatever has waited longest first
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
    List<Waiting> waits) {

  public Progress {
    waits = List.copyOf(waits);
  }

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

  /** The same with other words on what is waited for. */
  public Progress waitingFor(List<Waiting> what) {
    return new Progress(read, allRead, sealed, running, executed, done, failed, duplicates, what);
  }

  /** One line for a person, however long. */
  public String line() {
    return line(Integer.MAX_VALUE);
  }

  /** One line for a person, of at most that many columns. */
  public String line(int columns) {
    return ProgressLine.of(this, columns);
  }
}
