package dev.offpeak.schemas.outcome;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.avro.LlmResult;
import java.io.IOException;

/**
 * The shape of a provider's output lines. Each writes the members of an open object; what Offpeak
 * adds follows under {@code offpeak}.
 */
interface Dialect {

  /** An answer. */
  void answer(LlmResult result, JsonGenerator out) throws IOException;

  /** A failure. */
  void failure(LlmFailure failure, JsonGenerator out) throws IOException;
}
