package dev.offpeak.schemas.topic;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a topic of ours is called and must be like.
 *
 * @param name in full, with the installation's prefix
 * @param cleanup what becomes of old records; a topic with another policy is refused
 * @param retention how long records are kept when we create the topic, unless its records must
 *     outlive the jobs and those take longer; of no meaning for a compacted topic
 * @param leastRetention a topic that keeps its records for less is refused; zero when nothing of
 *     ours depends on it
 * @param traits what else its records ask for
 */
public record TopicDefinition(
    String name, Cleanup cleanup, Duration retention, Duration leastRetention, Set<Trait> traits) {

  /** A retention that never ends. */
  static final Duration FOR_EVER = Duration.ofMillis(TopicState.FOR_EVER);

  /** What records of a topic ask for. */
  public enum Trait {

    /** A record may hold a whole request or a response to one, or the key and headers of one. */
    HOLDS_REQUESTS,

    /** A record may hold a provider's answer, which can be larger than any request. */
    HOLDS_ANSWERS,

    /** A record is read again until the provider job that it is about has ended. */
    OUTLIVES_JOBS,

    /** A batch's records are in the same partition of all topics that have this trait. */
    PARTITIONED_BY_BATCH
  }

  public TopicDefinition {
    traits = traits.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(traits));
  }

  /** Whether we create it so that its records are never deleted. */
  public boolean isKeptForEver() {
    return retention.equals(FOR_EVER);
  }

  /** Whether a record may hold a whole request, so that the topic must take large records. */
  public boolean holdsRequests() {
    return traits.contains(Trait.HOLDS_REQUESTS);
  }

  /** Whether a record may hold an answer, so that the topic must take the largest ones. */
  public boolean holdsAnswers() {
    return traits.contains(Trait.HOLDS_ANSWERS);
  }

  /** Whether its records are read again until the provider job that they are about has ended. */
  public boolean outlivesJobs() {
    return traits.contains(Trait.OUTLIVES_JOBS);
  }

  /** Whether it must have the same number of partitions as the others of this kind. */
  public boolean partitionedByBatch() {
    return traits.contains(Trait.PARTITIONED_BY_BATCH);
  }
}
