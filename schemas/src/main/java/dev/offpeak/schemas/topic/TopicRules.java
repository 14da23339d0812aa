package dev.offpeak.schemas.topic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/** What topics must be like: pure functions of definitions, requirements and what is there. */
final class TopicRules {

  /** What Kafka takes unless told otherwise; enough for every record that holds no request. */
  private static final int SMALL_RECORDS_BYTES = 1024 * 1024;

  /** A segment must hold the largest record. */
  private static final int ANSWER_SEGMENT_BYTES = 256 * 1024 * 1024;

  private final TopicRequirements requirements;

  TopicRules(TopicRequirements requirements) {
    this.requirements = requirements;
  }

  /** The settings that a topic is created with. */
  Map<String, String> settings(TopicDefinition topic) {
    var settings = new LinkedHashMap<String, String>();
    settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, topic.cleanup().policy());
    settings.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(largestRecord(topic)));
    if (topic.holdsAnswers()) {
      settings.put(TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(ANSWER_SEGMENT_BYTES));
    }
    if (topic.cleanup() != Cleanup.COMPACT) {
      settings.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention(topic).toMillis()));
      settings.put(TopicConfig.RETENTION_BYTES_CONFIG, Long.toString(TopicState.FOR_EVER));
    }
    return settings;
  }

  /**
   * How many partitions topics are created with: as many as those that they must agree with have,
   * otherwise what the settings say.
   */
  int partitions(TopicDefinition topic, Map<TopicDefinition, TopicState> there) {
    if (!topic.partitionedByBatch()) {
      return requirements.partitions();
    }
    return there.entrySet().stream()
        .filter(other -> other.getKey().partitionedByBatch())
        .mapToInt(other -> other.getValue().partitions())
        .findFirst()
        .orElse(requirements.partitions());
  }

  /**
   * What is to be set anew on a topic that is there: one made before answers could be so large is
   * made to take them.
   */
  Map<String, String> growth(TopicDefinition topic, TopicState state) {
    return topic.holdsAnswers() && state.largestRecord() < largestRecord(topic)
        ? Map.of(
            TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
            Integer.toString(largestRecord(topic)),
            TopicConfig.SEGMENT_BYTES_CONFIG,
            Integer.toString(ANSWER_SEGMENT_BYTES))
        : Map.of();
  }

  /** Everything that is wrong with topics that are there. */
  List<String> problems(Map<TopicDefinition, TopicState> there) {
    var problems = new ArrayList<String>();
    there.forEach(
        (topic, state) -> {
          add(problems, cleanup(topic, state));
          add(problems, retention(topic, state));
          add(problems, retentionBytes(topic, state));
          add(problems, size(topic, state));
        });
    add(problems, partitions(there));
    return problems;
  }

  private static void add(List<String> problems, @Nullable String problem) {
    if (problem != null) {
      problems.add(problem);
    }
  }

  private static @Nullable String cleanup(TopicDefinition topic, TopicState state) {
    String policy = state.cleanupPolicy();
    String wanted = topic.cleanup().policy();
    if (policy == null || policy.equals(wanted) || topic.cleanup() == Cleanup.USERS_CHOICE) {
      return null;
    }
    return topic.name()
        + " has cleanup.policy="
        + policy
        + (topic.cleanup() == Cleanup.COMPACT
            ? "; it is the ledger of provider jobs and must keep the last record of each."
            : "; with it records would vanish that share a key with later ones.")
        + set(topic, TopicConfig.CLEANUP_POLICY_CONFIG, wanted);
  }

  private @Nullable String retention(TopicDefinition topic, TopicState state) {
    Duration least = leastRetention(topic);
    if (topic.cleanup() == Cleanup.COMPACT
        || state.retention() == TopicState.FOR_EVER
        || state.retention() >= least.toMillis()) {
      return null;
    }
    return topic.name()
        + " keeps records for "
        + text(Duration.ofMillis(state.retention()))
        + " (retention.ms="
        + state.retention()
        + "); it must keep them for "
        + text(least)
        + " or longer"
        + (topic.outlivesJobs()
            ? ", because they are read again until the provider has worked through all attempts"
                + " (linger + provider's window × attempts)."
            : ", so that a service that was down for a while still finds them.")
        + set(
            topic,
            TopicConfig.RETENTION_MS_CONFIG,
            Long.toString(Math.max(least.toMillis(), retention(topic).toMillis())));
  }

  private static @Nullable String retentionBytes(TopicDefinition topic, TopicState state) {
    if (!topic.outlivesJobs() || state.retentionBytes() == TopicState.FOR_EVER) {
      return null;
    }
    return topic.name()
        + " has retention.bytes="
        + state.retentionBytes()
        + "; with it a burst of requests deletes others that are not finished."
        + set(topic, TopicConfig.RETENTION_BYTES_CONFIG, "-1");
  }

  private @Nullable String size(TopicDefinition topic, TopicState state) {
    int least = largestRecord(topic);
    if (state.largestRecord() >= least) {
      return null;
    }
    return topic.name()
        + " takes records of up to "
        + state.largestRecord()
        + " bytes (max.message.bytes); "
        + makesThem(topic, least)
        + set(topic, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(least));
  }

  private static String makesThem(TopicDefinition topic, int least) {
    if (topic.holdsAnswers()) {
      return "limits.response-bytes makes them up to " + least + " bytes large.";
    }
    return topic.holdsRequests()
        ? "limits.request-bytes makes them up to " + least + " bytes large."
        : "ours may have up to " + least + " bytes.";
  }

  private static @Nullable String partitions(Map<TopicDefinition, TopicState> there) {
    var counts = new LinkedHashMap<String, Integer>();
    there.forEach(
        (topic, state) -> {
          if (topic.partitionedByBatch()) {
            counts.put(topic.name(), state.partitions());
          }
        });
    if (counts.values().stream().distinct().count() <= 1) {
      return null;
    }
    int most = counts.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
    var fewer =
        counts.entrySet().stream()
            .filter(count -> count.getValue() < most)
            .map(Map.Entry::getKey)
            .toList();
    return "the numbers of partitions differ: "
        + counts
        + "; a batch has the same partition in each of these topics, so they must agree. Stop all"
        + " services and add partitions to "
        + String.join(" and ", fewer)
        + ": kafka-topics.sh --alter --topic NAME --partitions "
        + most;
  }

  private int largestRecord(TopicDefinition topic) {
    if (topic.holdsAnswers()) {
      return requirements.largestAnswerBytes();
    }
    return topic.holdsRequests()
        ? Math.max(SMALL_RECORDS_BYTES, requirements.largestRecordBytes())
        : SMALL_RECORDS_BYTES;
  }

  private Duration retention(TopicDefinition topic) {
    Duration least = leastRetention(topic);
    return topic.isKeptForEver() || topic.retention().compareTo(least) >= 0
        ? topic.retention()
        : least;
  }

  private Duration leastRetention(TopicDefinition topic) {
    Duration jobs = requirements.jobsTake();
    return topic.outlivesJobs() && jobs.compareTo(topic.leastRetention()) > 0
        ? jobs
        : topic.leastRetention();
  }

  private static String set(TopicDefinition topic, String setting, String value) {
    return " Set it: kafka-configs.sh --alter --entity-type topics --entity-name "
        + topic.name()
        + " --add-config "
        + setting
        + "="
        + value;
  }

  /** As people write it: 1d2h30m. */
  private static String text(Duration duration) {
    String days = duration.toDays() > 0 ? duration.toDays() + "d" : "";
    String hours = duration.toHoursPart() > 0 ? duration.toHoursPart() + "h" : "";
    String minutes = duration.toMinutesPart() > 0 ? duration.toMinutesPart() + "m" : "";
    String text = days + hours + minutes;
    return text.isEmpty() ? duration.toMillis() + "ms" : text;
  }
}
