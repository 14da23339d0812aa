package dev.offpeak.simulator.openai.answer;

import dev.offpeak.simulator.openai.wire.OpenAiErrors.ErrorBody;
import org.jspecify.annotations.Nullable;

/**
 * How a request is answered, before it is written out.
 *
 * @param status the HTTP status
 * @param error what the body says when it failed, null when it did not
 * @param seed chooses the words
 * @param tokens what it costs; none when it failed
 */
public record Answer(int status, @Nullable ErrorBody error, long seed, TokenCount tokens) {
  static Answer failed(int status, ErrorBody error, long seed) {
    return new Answer(status, error, seed, TokenCount.NONE);
  }
}
