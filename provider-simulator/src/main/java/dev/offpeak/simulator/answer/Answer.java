package dev.offpeak.simulator.answer;

import dev.offpeak.simulator.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * How a request is answered, before it is written out.
 *
 * @param status the HTTP status that the same call made by itself would have; 0 for OpenAI's lines
 *     without one
 * @param error writes the provider's error, null when the request succeeded
 * @param seed chooses the words
 * @param tokens what it costs; none when it failed
 */
public record Answer(int status, Json.@Nullable Writer error, long seed, TokenCount tokens) {
  /** Whether the request succeeded and is paid for. */
  public boolean succeeded() {
    return error == null;
  }

  /** Whether it counts as failed: a line without a status does not, as was seen in the real API. */
  public boolean countsAsFailed() {
    return error != null && status != 0;
  }
}
