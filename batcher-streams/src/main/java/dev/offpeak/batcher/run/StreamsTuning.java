package dev.offpeak.batcher.run;

import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.runtime.config.Default;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How Kafka Streams runs.
 *
 * @param applicationId names the consumer group, the changelog topics and the transactions;
 *     instances that share the work share it. The topic prefix is put before it
 * @param stateDir folder for the state stores; a fast local disk. What is lost there is restored
 *     from Kafka
 * @param threads of this instance; at most as many as partitions do work
 * @param commitInterval how often transactions are committed; a shorter one costs throughput
 * @param standbyReplicas copies of the state on other instances, for a quick takeover
 * @param cache memory for open batches between commits, of all threads together
 * @param instanceId makes the instance a static member of the group: when it stops and is back
 *     within the session timeout, its partitions wait for it. Must be the instance's own, and the
 *     same after a restart, such as the name of a stateful set's pod
 */
public record StreamsTuning(
    @Default("offpeak-batcher") String applicationId,
    @Default("state/batcher") Path stateDir,
    @Default("2") int threads,
    @Default("300ms") Duration commitInterval,
    @Default("0") int standbyReplicas,
    @Default("16MiB") ByteSize cache,
    @Nullable String instanceId) {

  private static final String NAME = "[a-zA-Z0-9._-]+";

  public StreamsTuning {
    if (!applicationId.matches(NAME)) {
      throw new IllegalArgumentException(
          "application-id is '"
              + applicationId
              + "'; it may hold letters, digits, dot, hyphen and underscore only");
    }
    if (threads < 1) {
      throw new IllegalArgumentException("threads is " + threads + "; it must be at least 1");
    }
    if (!commitInterval.isPositive()) {
      throw new IllegalArgumentException(
          "commit-interval is " + commitInterval + "; it must be positive");
    }
    if (instanceId != null && !instanceId.matches(NAME)) {
      throw new IllegalArgumentException(
          "instance-id is '"
              + instanceId
              + "'; it may hold letters, digits, dot, hyphen and underscore only");
    }
    if (standbyReplicas < 0) {
      throw new IllegalArgumentException(
          "standby-replicas is " + standbyReplicas + "; it must not be negative");
    }
  }
}
