package dev.offpeak.simulator.gemini.batch;

import dev.offpeak.simulator.gemini.answer.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What the caller asked for when creating a batch.
 *
 * @param kind what each request asks for
 * @param model who is asked, without {@code models/}
 * @param displayName the caller's name for it
 * @param priority the caller's priority, null when none was given
 * @param fileName the input file, for instance {@code files/abc}; null when the requests came
 *     inline
 */
public record BatchOrder(
    Kind kind,
    String model,
    String displayName,
    @Nullable String priority,
    @Nullable String fileName) {
  /** Whether the requests came within the create. */
  public boolean inline() {
    return fileName == null;
  }
}
