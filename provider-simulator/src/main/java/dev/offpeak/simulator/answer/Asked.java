package dev.offpeak.simulator.answer;

import dev.offpeak.simulator.json.Json;
import org.jspecify.annotations.Nullable;

/** A request as the plan sees it: what its provider makes of it. */
public interface Asked {
  /**
   * An error of the provider.
   *
   * @param status its HTTP status
   * @param error writes it as it stands in a result line
   */
  record Failure(int status, Json.Writer error) {}

  /** Why the provider refuses the request, null when it does not. */
  @Nullable Failure refusal();

  /** The provider's usual error of a status. */
  Failure failure(int status);

  /**
   * What a successful answer costs.
   *
   * @param marker what the request asks to be done to itself
   * @param seed decides what is left to chance
   */
  TokenCount tokens(Marker marker, long seed);
}
