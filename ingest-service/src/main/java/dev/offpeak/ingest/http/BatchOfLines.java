package dev.offpeak.ingest.http;

import dev.offpeak.ingest.auth.Caller;
import dev.offpeak.ingest.intake.IntakeReport;
import dev.offpeak.ingest.line.LineMarks;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Lines that came in without a file, and are a batch that can be asked for. */
public interface BatchOfLines {

  /** How its lines are marked. */
  LineMarks marks();

  /**
   * All lines are in Kafka.
   *
   * @return its id; null when it is none
   */
  @Nullable String end(IntakeReport report);

  /** Begins such batches. */
  @FunctionalInterface
  interface Begins {

    /**
     * One more.
     *
     * @param headers of each of its lines
     */
    BatchOfLines begin(Caller caller, Headers headers);
  }
}
