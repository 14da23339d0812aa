package dev.offpeak.ingest.intake;

import dev.offpeak.ingest.line.UnfitBody;

/** Why a body was not read to its end. Lines before that point may have been taken. */
public sealed interface Stop {

  /** The body went over the limit, in bytes after decompression. */
  record BodyOverLimit(long limit) implements Stop {}

  /** The client went away, or sent what can't be decompressed. */
  record BodyBroken(String reason) implements Stop {}

  /** The body came too slowly, grew too much, or had too little of use. */
  record BodyUnfit(UnfitBody.Fault fault, String reason) implements Stop {}

  /**
   * Kafka did not take a line.
   *
   * @param line the first line that is not acknowledged: every good line before it is stored
   * @param reason what Kafka's client says
   */
  record KafkaFailed(long line, String reason) implements Stop {}

  /** The service is shutting down; what was read is stored. */
  record ShuttingDown() implements Stop {}
}
