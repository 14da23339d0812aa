package dev.offpeak.submitter.ledger;

import dev.offpeak.schemas.registry.RegistryUnavailable;
import dev.offpeak.submitter.metric.SubmitterMeters;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rule for every record that the submitter reads: one that can't be processed for a reason that
 * lies in it is counted, told once and left out, and what is behind it goes on. Only that the
 * registry is away says nothing of the record, which is then waited for.
 */
public final class UnprocessableRecords {

  private static final Logger LOGGER = LoggerFactory.getLogger(UnprocessableRecords.class);
  private static final int LONGEST = 300;

  private final SubmitterMeters meters;

  /** Counts there. */
  public UnprocessableRecords(SubmitterMeters meters) {
    this.meters = meters;
  }

  /**
   * What the reader makes of a record; nothing when the record is left out.
   *
   * @param reader may throw whatever it likes
   * @throws RegistryUnavailable when the record may be good
   */
  public <T> Optional<T> read(
      ConsumerRecord<byte[], byte[]> record, Function<ConsumerRecord<byte[], byte[]>, T> reader) {
    try {
      return Optional.of(reader.apply(record));
    } catch (RegistryUnavailable e) {
      throw e;
    } catch (RuntimeException e) {
      leftOut(record, words(e));
      return Optional.empty();
    }
  }

  /** The record is left out. */
  public void leftOut(ConsumerRecord<byte[], byte[]> record, String reason) {
    meters.unprocessable(record.topic());
    LOGGER
        .atWarn()
        .addKeyValue("topic", record.topic())
        .addKeyValue("partition", record.partition())
        .addKeyValue("offset", record.offset())
        .addKeyValue("reason", reason)
        .log("record can't be processed and is left out");
  }

  /** What was thrown, for a person: short, and on one line. */
  public static String words(Throwable thrown) {
    String all = thrown.getClass().getSimpleName() + ": " + thrown.getMessage();
    String line = all.replaceAll("\\p{Cntrl}", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }
}
