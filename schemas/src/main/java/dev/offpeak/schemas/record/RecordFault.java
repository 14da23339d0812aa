package dev.offpeak.schemas.record;

import dev.offpeak.schemas.registry.RegistryUnavailable;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Whether a record is to blame for what went wrong with it. The rule of every service: a record
 * that can't be processed for a reason that lies in the record becomes a failure, and the next one
 * is read; only for the broker, the disk or the registry being away is waited.
 */
public final class RecordFault {

  private static final int SHOWN = 500;

  private RecordFault() {}

  /**
   * Whether the same record would fail in the same way again, however long one waits: true for
   * whatever a decoder or a calculation throws, false for Kafka, the registry, the disk, and for a
   * machine without memory.
   */
  public static boolean isOnRecord(Throwable failure) {
    return switch (failure) {
      case RegistryUnavailable _ -> false;
      case SerializationException _ -> true;
      // Among them interrupts, lost transactions and whatever Kafka Streams says of its stores.
      case KafkaException _ -> false;
      case UncheckedIOException _ -> false;
      case RuntimeException _ -> true;
      // Deep nesting.
      case StackOverflowError _ -> true;
      default -> false;
    };
  }

  /** What the failure says of it: the exception's class and message, neither of any length. */
  public static String words(Throwable failure) {
    String message = failure.getMessage();
    String name = failure.getClass().getSimpleName();
    return message == null ? name : name + ": " + Clip.text(message, SHOWN);
  }

  /** The message of a failure record about a record of that topic. */
  public static String message(String topic, int partition, long offset, Throwable failure) {
    return String.format(
        Locale.ROOT,
        "the record at partition %d, offset %d of %s can't be processed: %s",
        partition,
        offset,
        topic,
        words(failure));
  }
}
