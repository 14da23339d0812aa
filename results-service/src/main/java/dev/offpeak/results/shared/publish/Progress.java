package dev.offpeak.results.shared.publish;

import java.util.Base64;
import java.util.BitSet;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How far the jobs of one partition of llm.completions (or llm.urgent) are published, each named by
 * the offset of its record. Jobs need not end in the order of their records: one that can't be
 * fetched does not hold up the others. A record of llm.urgent counts as a job of one request, whose
 * index is 1 while it may be being called. It is kept as the group's committed offset (every job
 * before it is done) and in that offset's metadata, where it takes less than a kilobyte. Not
 * thread-safe.
 */
public final class Progress {

  /** A job so far behind the first unfinished one must wait; bounds the metadata. */
  static final int SPAN = 4_096;

  private static final String VERSION = "v1";
  private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();

  /** Jobs taken and not done, with the index of their first request without outcome. */
  private final NavigableMap<Long, Integer> undone = new TreeMap<>();

  /** Jobs done, as offsets from {@link #base}. */
  private BitSet done = new BitSet();

  /** Of jobs not taken yet: how far an earlier owner got. */
  private final NavigableMap<Long, Integer> leftOver = new TreeMap<>();

  private long base;
  private long taken;

  private Progress(long base) {
    this.base = base;
    this.taken = base - 1;
  }

  /** Where no job has been published. */
  public static Progress none() {
    return new Progress(0);
  }

  /**
   * What an earlier owner has committed.
   *
   * @param metadata what {@link #encode} made; anything else says no more than the offset
   */
  public static Progress of(long committedOffset, String metadata) {
    Progress progress = new Progress(committedOffset);
    String[] parts = metadata.split(";", -1);
    if (parts[0].equals(VERSION) && parts.length > 1) {
      progress.done = BitSet.valueOf(Base64.getDecoder().decode(parts[1]));
      for (int i = 2; i < parts.length; i++) {
        String[] pair = parts[i].split(":", -1);
        progress.leftOver.put(
            committedOffset + Integer.parseInt(pair[0]), Integer.parseInt(pair[1]));
      }
    }
    return progress;
  }

  /** Whether a job at that offset may be taken now. */
  public boolean hasRoomFor(long offset) {
    return undone.isEmpty() || offset - undone.firstKey() < SPAN;
  }

  /**
   * A job is about to be worked on. Jobs are taken in the order of their offsets.
   *
   * @return false when there is nothing to do, because every request of it has its outcome
   */
  public boolean take(long offset) {
    boolean open = !isDone(offset);
    if (open) {
      Integer next = leftOver.remove(offset);
      undone.put(offset, next == null ? 0 : next);
    }
    taken = Math.max(taken, offset);
    moveBase();
    return open;
  }

  /** Whether every request of the job has its outcome. */
  public boolean isDone(long offset) {
    return offset < base || (offset - base < SPAN && done.get((int) (offset - base)));
  }

  /** The index of the first request of that job without an outcome. */
  public int next(long offset) {
    Integer next = undone.get(offset);
    if (next == null) {
      throw new IllegalArgumentException("the job at " + offset + " is not being worked on");
    }
    return next;
  }

  /** The requests of that job before this index have their outcomes. */
  public void reach(long offset, int next) {
    undone.put(offset, next);
  }

  /** Every request of that job has its outcome. */
  public void finish(long offset) {
    undone.remove(offset);
    done.set((int) (offset - base));
    moveBase();
  }

  private void moveBase() {
    long by = position() - base;
    done = by < done.length() ? done.get((int) by, done.length()) : new BitSet();
    base += by;
    leftOver.headMap(base).clear();
  }

  /** The offset to commit: every job before it is done. */
  public long position() {
    return undone.isEmpty() ? Math.max(base, taken + 1) : undone.firstKey();
  }

  /** The metadata to commit with {@link #position}. */
  public String encode() {
    StringBuilder text = new StringBuilder(VERSION).append(';');
    text.append(ENCODER.encodeToString(done.toByteArray()));
    undone.forEach((offset, next) -> append(text, offset, next));
    leftOver.forEach((offset, next) -> append(text, offset, next));
    return text.toString();
  }

  private void append(StringBuilder text, long offset, int next) {
    if (next > 0) {
      text.append(';').append(offset - base).append(':').append(next);
    }
  }
}
