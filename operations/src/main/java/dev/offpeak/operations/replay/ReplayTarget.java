package dev.offpeak.operations.replay;

import org.jspecify.annotations.Nullable;

/**
 * How requests are executed again.
 *
 * @param replayId tells the dedup that it is meant; the same id again is the same replay, and sends
 *     nothing a second time
 * @param account that executes them; null as before
 * @param model that answers them; null as before
 */
record ReplayTarget(String replayId, @Nullable String account, @Nullable String model) {

  ReplayTarget {
    if (replayId.isBlank()) {
      throw new IllegalArgumentException(
          "the replay id is empty; give it any name, once for each replay");
    }
  }
}
