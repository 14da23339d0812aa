package dev.offpeak.schemas.topic;

import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/**
 * What a topic on the cluster is like.
 *
 * @param partitions how many it has
 * @param settings values by name; empty when the cluster does not show them to us
 */
record TopicState(int partitions, Map<String, String> settings) {

  static final long FOR_EVER = -1;

  TopicState {
    settings = Map.copyOf(settings);
  }

  @Nullable String cleanupPolicy() {
    return settings.get(TopicConfig.CLEANUP_POLICY_CONFIG);
  }

  /** Milliseconds, or {@link #FOR_EVER}. */
  long retention() {
    return number(TopicConfig.RETENTION_MS_CONFIG, FOR_EVER);
  }

  /** Bytes of a partition beyond which old records go early, or {@link #FOR_EVER}. */
  long retentionBytes() {
    return number(TopicConfig.RETENTION_BYTES_CONFIG, FOR_EVER);
  }

  long largestRecord() {
    return number(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Long.MAX_VALUE);
  }

  private long number(String name, long otherwise) {
    String value = settings.get(name);
    return value == null ? otherwise : Long.parseLong(value);
  }
}
