package dev.offpeak.schemas.registry;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long is waited for a schema that the registry does not tell while it answers other questions.
 * The wait begins with the first such answer and is over for all schemas at once: many records of
 * many such schemas must not each hold their partition. It is forgotten when there was none for a
 * while.
 */
final class SchemaWait {

  private static final Duration FORGOTTEN = Duration.ofMinutes(5);

  private final Duration patience;
  private final LongSupplier nanoTime;
  private @Nullable Long since;
  private long last;

  /** Waits for that long, by that clock of nanoseconds. */
  SchemaWait(Duration patience, LongSupplier nanoTime) {
    this.patience = patience;
    this.nanoTime = nanoTime;
  }

  /**
   * What an answer that tells nothing means.
   *
   * @param answersOthers asks the registry for something that it told before
   */
  RuntimeException meaning(RegistryUnavailable answer, BooleanSupplier answersOthers) {
    return isOver() && answersOthers.getAsBoolean()
        ? new SchemaUnavailable(
            "the schema registry answers, but for "
                + patience.toSeconds()
                + " s (registry.schema-patience) not for this schema: "
                + answer.getMessage(),
            answer)
        : answer;
  }

  private synchronized boolean isOver() {
    long now = nanoTime.getAsLong();
    if (since == null || now - last > FORGOTTEN.toNanos()) {
      since = now;
    }
    last = now;
    return now - since >= patience.toNanos();
  }
}
