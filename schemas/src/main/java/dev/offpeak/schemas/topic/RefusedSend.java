package dev.offpeak.schemas.topic;

import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * What an operator must do when a topic refuses a record of ours that it took before: somebody has
 * changed the topic. The record is kept and sent again, so that the work goes on by itself once the
 * topic takes it.
 */
public final class RefusedSend {

  private RefusedSend() {}

  /**
   * The topic, what it refuses and the command that mends it, or null when it is for Kafka to mend.
   *
   * @param bytes of the record's key and value
   */
  public static @Nullable String words(String topic, long bytes, Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String words = wordsOf(topic, bytes, cause);
      if (words != null) {
        return words;
      }
    }
    return null;
  }

  private static @Nullable String wordsOf(String topic, long bytes, Throwable cause) {
    return switch (cause) {
      case RecordTooLargeException _ ->
          topic
              + " refuses a record of "
              + bytes
              + " bytes as too large; its max.message.bytes is smaller than at the start."
              + alter(topic, "max.message.bytes=" + atLeast(bytes));
      case InvalidRecordException _ ->
          topic
              + " refuses a record ("
              + cause.getMessage()
              + "). A compacted topic takes no record without a key: give every request a key, or"
              + " have old records deleted."
              + alter(topic, "cleanup.policy=delete");
      case TopicAuthorizationException _ ->
          topic
              + " may not be written by this user. Grant it: kafka-acls.sh --add"
              + " --allow-principal User:NAME --operation Write --topic "
              + topic;
      case UnknownTopicOrPartitionException _, InvalidTopicException _ ->
          topic + " is missing. Restart the service, which creates what is missing";
      default -> null;
    };
  }

  /** A record grows on its way, by its headers and its frame. */
  private static long atLeast(long bytes) {
    long mebibyte = 1L << 20;
    return (bytes / mebibyte + 2) * mebibyte;
  }

  private static String alter(String topic, String setting) {
    return " Set it: kafka-configs.sh --alter --entity-type topics --entity-name "
        + topic
        + " --add-config "
        + setting;
  }
}
