package dev.offpeak.schemas.topic;

import java.time.Duration;

/**
 * What an installation's settings ask of its topics.
 *
 * @param create whether topics that are missing are created; otherwise they are a problem
 * @param partitions of topics that are created, 1 or more
 * @param replicationFactor of topics that are created; -1 is the broker's default
 * @param jobsTake the longest time from the admission of a request to its last provider job's end:
 *     linger + provider's window × attempts. Topics whose records must outlive the jobs have to
 *     keep them longer. Zero for a service that can't know it
 * @param largestRecordBytes the largest record that a producer of ours may send, key, headers and
 *     framing included
 * @param largestAnswerBytes the same of a record that holds an answer; not less
 */
public record TopicRequirements(
    boolean create,
    int partitions,
    short replicationFactor,
    Duration jobsTake,
    int largestRecordBytes,
    int largestAnswerBytes) {

  /** Answers of base64 images are as large as that; {@code limits.response-bytes} says so too. */
  private static final int USUAL_ANSWER = (64 * 1024 + 64) * 1024;

  /** What a service asks that does not say how large answers may be. */
  public TopicRequirements(
      boolean create,
      int partitions,
      short replicationFactor,
      Duration jobsTake,
      int largestRecordBytes) {
    this(
        create,
        partitions,
        replicationFactor,
        jobsTake,
        largestRecordBytes,
        Math.max(largestRecordBytes, USUAL_ANSWER));
  }

  public TopicRequirements {
    if (partitions < 1) {
      throw new IllegalArgumentException("partitions is " + partitions + "; it must be 1 or more");
    }
    if (replicationFactor < 1 && replicationFactor != -1) {
      throw new IllegalArgumentException(
          "the replication factor is "
              + replicationFactor
              + "; it must be 1 or more, or -1 for the broker's default");
    }
    if (jobsTake.isNegative()) {
      throw new IllegalArgumentException("jobs can't take less than no time: " + jobsTake);
    }
    if (largestRecordBytes < 1) {
      throw new IllegalArgumentException(
          "the largest record has " + largestRecordBytes + " bytes; it must have 1 or more");
    }
    if (largestAnswerBytes < largestRecordBytes) {
      throw new IllegalArgumentException(
          "the largest answer has "
              + largestAnswerBytes
              + " bytes; it can't have less than the largest record, "
              + largestRecordBytes);
    }
  }
}
