package dev.offpeak.core.audit;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the topics say of each record of llm.requests, counted by partition and offset. Four bytes a
 * request, so that fifty million take 200 MB; a count stops at its largest value instead of
 * wrapping. Not thread-safe.
 */
public final class RequestMarks {

  private static final int PAGE_BITS = 14;
  private static final int PAGE_SIZE = 1 << PAGE_BITS;

  private final Map<Integer, TreeMap<Long, int[]>> partitions = new HashMap<>();

  /** Told of each request of one partition, offsets ascending. */
  @FunctionalInterface
  public interface Visitor {

    /** The request at that offset has these counts. */
    void visit(int partition, long offset, RequestMarks marks);
  }

  /** Adds one to a count of the request at that place. */
  public void add(RequestMark mark, int partition, long offset) {
    int[] page =
        partitions
            .computeIfAbsent(partition, _ -> new TreeMap<>())
            .computeIfAbsent(offset >> PAGE_BITS, _ -> new int[PAGE_SIZE]);
    int slot = slot(offset);
    page[slot] = mark.increment(page[slot]);
  }

  /** That count of the request at that place. */
  public int count(RequestMark mark, int partition, long offset) {
    return mark.of(marksAt(partition, offset));
  }

  /**
   * Where the request at that place stands.
   *
   * @param admittedBefore admission has read the partition up to this offset, exclusive
   */
  public Standing standing(int partition, long offset, long admittedBefore) {
    int marks = marksAt(partition, offset);
    if (RequestMark.SEEN.of(marks) == 0) {
      return Standing.ABSENT;
    }
    int outcomes = RequestMark.OUTCOME.of(marks);
    if (outcomes > 0) {
      return outcomes == 1 ? Standing.SETTLED : Standing.DOUBLED;
    }
    int attempts = RequestMark.ATTEMPT.of(marks);
    int dropped = RequestMark.DROPPED.of(marks);
    int open = attempts - dropped - RequestMark.PUBLISHED.of(marks);
    boolean retryWaits = RequestMark.RETRY.of(marks) > attempts - dropped - 1;
    if (attempts == 0) {
      return offset >= admittedBefore ? Standing.IN_FLIGHT : Standing.MISSING;
    }
    if (dropped == attempts) {
      return Standing.DROPPED;
    }
    return open > 0 || retryWaits ? Standing.IN_FLIGHT : Standing.MISSING;
  }

  /** Visits every request that has been {@link RequestMark#SEEN}. */
  public void forEach(Visitor visitor) {
    partitions.forEach(
        (partition, pages) ->
            pages.forEach(
                (number, page) -> {
                  for (int slot = 0; slot < PAGE_SIZE; slot++) {
                    if (RequestMark.SEEN.of(page[slot]) > 0) {
                      visitor.visit(partition, (number << PAGE_BITS) + slot, this);
                    }
                  }
                }));
  }

  private int marksAt(int partition, long offset) {
    TreeMap<Long, int[]> pages = partitions.get(partition);
    int[] page = pages == null ? null : pages.get(offset >> PAGE_BITS);
    return page == null ? 0 : page[slot(offset)];
  }

  private static int slot(long offset) {
    return (int) (offset & (PAGE_SIZE - 1));
  }
}
