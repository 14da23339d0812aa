package dev.offpeak.submitter.payload;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/** Readers of llm.lanes that rest between two uploads: a new one must connect and look up first. */
final class LaneRequestReaders implements AutoCloseable {

  private static final int MOST_RESTING = 4;

  private final Supplier<LaneRequestReader> opener;
  private final Deque<LaneRequestReader> resting = new ArrayDeque<>();
  private boolean closed;

  LaneRequestReaders(Supplier<LaneRequestReader> opener) {
    this.opener = opener;
  }

  /** What is done with a reader. */
  @FunctionalInterface
  interface Use {

    /** Uses the reader, which is the caller's alone. */
    void with(LaneRequestReader reader) throws IOException;
  }

  /** Lends a reader. One that has failed is closed: nobody knows what it holds. */
  void use(Use use) throws IOException {
    LaneRequestReader reader = take();
    boolean works = false;
    try {
      use.with(reader);
      works = true;
    } finally {
      if (!works || !rests(reader)) {
        reader.close();
      }
    }
  }

  private LaneRequestReader take() throws IOException {
    synchronized (resting) {
      if (closed) {
        throw new IOException("the submitter is stopping; llm.lanes is read no more");
      }
      LaneRequestReader rested = resting.poll();
      if (rested != null) {
        return rested;
      }
    }
    return opener.get();
  }

  private boolean rests(LaneRequestReader reader) {
    synchronized (resting) {
      if (closed || resting.size() == MOST_RESTING) {
        return false;
      }
      resting.push(reader);
      return true;
    }
  }

  /** Closes those that rest; those at work are closed when they are done. */
  @Override
  public void close() {
    synchronized (resting) {
      closed = true;
      resting.forEach(LaneRequestReader::close);
      resting.clear();
    }
  }
}
