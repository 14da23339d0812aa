package dev.offpeak.schemas.outcome;

import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.avro.LlmResult;

/**
 * The shape of a provider's output lines. Each writes the members of an open object; what Offpeak
 * adds follows under {@code offpeak}.
 */
interface Dialect {

  /** An answer. */
  void answer(LlmResult result, LineWriter out);

  /** A failure. */
  void failure(LlmFailure failure, LineWriter out);
}
