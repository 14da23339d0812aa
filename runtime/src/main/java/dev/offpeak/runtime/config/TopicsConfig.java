package dev.offpeak.runtime.config;

/**
 * How an installation's topics are called and set up. All services of an installation share these
 * settings.
 *
 * @param prefix stands before every name as it is, so that several installations can share a
 *     cluster; for example {@code team-a.}
 * @param partitions of topics that are created; the number of instances of a service that can share
 *     its work
 * @param replicationFactor copies of topics that are created, 3 for a cluster that must survive the
 *     loss of a broker; -1 is the broker's default
 * @param create whether topics that are missing are created; otherwise they stop the start
 */
public record TopicsConfig(
    @Default("") String prefix,
    @Default("6") int partitions,
    @Default("1") int replicationFactor,
    @Default("true") boolean create) {

  private static final int LONGEST_PREFIX = 200;

  public TopicsConfig {
    if (!prefix.matches("[a-zA-Z0-9._-]{0," + LONGEST_PREFIX + "}")) {
      throw new IllegalArgumentException(
          "prefix is '"
              + prefix
              + "'; it may hold letters, digits, dot, hyphen and underscore only, at most "
              + LONGEST_PREFIX);
    }
    if (partitions < 1) {
      throw new IllegalArgumentException("partitions is " + partitions + "; it must be 1 or more");
    }
    if ((replicationFactor < 1 && replicationFactor != -1) || replicationFactor > Short.MAX_VALUE) {
      throw new IllegalArgumentException(
          "replication-factor is "
              + replicationFactor
              + "; it must be 1 or more, or -1 for the broker's default");
    }
  }

  /** The topics without prefix, six partitions, not replicated. */
  public static TopicsConfig defaults() {
    return new TopicsConfig("", 6, 1, true);
  }
}
