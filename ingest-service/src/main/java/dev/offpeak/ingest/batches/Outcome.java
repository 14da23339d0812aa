package dev.offpeak.ingest.batches;

import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.avro.LlmResult;

/** What became of a line. */
sealed interface Outcome {

  /** An answer. */
  record Answered(LlmResult result) implements Outcome {}

  /** None. */
  record Failed(LlmFailure failure) implements Outcome {}

  /** Either, written as a line already ({@code outputs.format: json}). */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Written(byte[] line, boolean failed) implements Outcome {}

  /** The same was asked for before, and has its outcome there. */
  record Duplicate(String customId) implements Outcome {}

  /**
   * There is one, and nobody can read it.
   *
   * @param why in words
   */
  record Unreadable(String why) implements Outcome {}

  /** Whether it belongs into the error file. */
  default boolean isFailure() {
    return switch (this) {
      case Answered _ -> false;
      case Failed _, Duplicate _, Unreadable _ -> true;
      case Written(byte[] _, boolean failed) -> failed;
    };
  }
}
