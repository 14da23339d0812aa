package dev.offpeak.core.seal;

import java.util.Arrays;

/**
 * The offsets of a batch while it grows, coded as {@link Manifest#encode} does. Runs that have
 * ended are bytes already and never change; {@link #takeClosed} hands them out, so that they need
 * not be stored again with each request. Not thread-safe.
 */
public final class PositionRuns {

  private byte[] closed;
  private int closedLength;
  private long closedEnd;
  private long runStart;
  private long runEnd;

  /** No position yet. */
  public PositionRuns() {
    this(new byte[0], 0, 0, 0);
  }

  /**
   * Goes on where another one stood.
   *
   * @param closed coded runs that {@link #takeClosed} has not handed out
   * @param closedEnd of the other one
   * @param runStart of the other one
   * @param runEnd of the other one
   */
  public PositionRuns(byte[] closed, long closedEnd, long runStart, long runEnd) {
    this.closed = closed.clone();
    this.closedLength = closed.length;
    this.closedEnd = closedEnd;
    this.runStart = runStart;
    this.runEnd = runEnd;
  }

  /** Another one that stands where this one stands. */
  public PositionRuns copy() {
    return new PositionRuns(closed(), closedEnd, runStart, runEnd);
  }

  /**
   * Adds a position.
   *
   * @throws IllegalArgumentException when it is not above all others
   */
  public void append(long offset) {
    if (offset < runEnd) {
      throw new IllegalArgumentException(
          "offset " + offset + " follows " + (runEnd - 1) + "; a manifest is strictly ascending");
    }
    if (offset == runEnd && runEnd > runStart) {
      runEnd++;
      return;
    }
    closeRun();
    runStart = offset;
    runEnd = offset + 1;
  }

  /** Bytes of the ended runs that have not been handed out. */
  public int closedLength() {
    return closedLength;
  }

  /** The ended runs that have not been handed out. */
  public byte[] closed() {
    return Arrays.copyOf(closed, closedLength);
  }

  /** Hands out the ended runs and forgets them. */
  public byte[] takeClosed() {
    byte[] taken = closed();
    closedLength = 0;
    return taken;
  }

  /** One past the last offset of the ended runs, handed out or not. */
  public long closedEnd() {
    return closedEnd;
  }

  /** First offset of the run that still grows. */
  public long runStart() {
    return runStart;
  }

  /** One past the last offset of the run that still grows. */
  public long runEnd() {
    return runEnd;
  }

  /** Ends the run that still grows. After what was handed out, these bytes complete a manifest. */
  public byte[] finish() {
    closeRun();
    return takeClosed();
  }

  private void closeRun() {
    if (runEnd == runStart) {
      return;
    }
    writeVarint(runStart - closedEnd);
    writeVarint(runEnd - runStart - 1);
    closedEnd = runEnd;
    runStart = runEnd;
  }

  private void writeVarint(long value) {
    if (closed.length - closedLength < 10) {
      closed = Arrays.copyOf(closed, Math.max(64, closed.length * 2));
    }
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      closed[closedLength++] = (byte) ((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    closed[closedLength++] = (byte) rest;
  }
}
