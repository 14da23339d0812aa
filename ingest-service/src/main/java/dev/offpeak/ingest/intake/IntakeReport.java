package dev.offpeak.ingest.intake;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of the lines of one body.
 *
 * @param accepted lines that Kafka has acknowledged
 * @param refused lines that were not taken for a reason of their own
 * @param refusals the first of these, in the order of lines
 * @param lastLine number of the last line that was read whole; blank lines count
 * @param bytes of the body, after decompression
 * @param stop why the rest of the body was not read; null when it was read to its end
 */
public record IntakeReport(
    long accepted,
    long refused,
    List<LineRefusal> refusals,
    long lastLine,
    long bytes,
    @Nullable Stop stop) {

  public IntakeReport {
    refusals = List.copyOf(refusals);
  }

  /**
   * The line from which on the body is to be sent again, after it was not read to its end: every
   * good line before it is stored.
   */
  public long resumeFrom() {
    return stop instanceof Stop.KafkaFailed failed ? failed.line() : lastLine + 1;
  }

  /** Whether the body held no line at all and was read to its end. */
  public boolean isEmpty() {
    return accepted == 0 && refused == 0 && stop == null;
  }
}
