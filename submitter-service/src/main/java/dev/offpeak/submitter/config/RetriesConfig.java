package dev.offpeak.submitter.config;

import dev.offpeak.core.wait.Backoff;
import dev.offpeak.runtime.config.Default;
import java.time.Duration;

/**
 * What happens after calls that failed.
 *
 * @param first the longest wait after one failure; doubled with each further one
 * @param longest the longest wait of all, unless the provider asks for more
 * @param mostAttempts uploads and creates of one batch before a failure of the whole job that may
 *     pass is taken for good
 */
public record RetriesConfig(
    @Default("1s") Duration first,
    @Default("5m") Duration longest,
    @Default("20") int mostAttempts) {

  public RetriesConfig {
    var _ = new Backoff(first, longest);
    if (mostAttempts < 1) {
      throw new IllegalArgumentException(
          "most-attempts is " + mostAttempts + "; it must be at least 1");
    }
  }

  /** As a rule. */
  public Backoff backoff() {
    return new Backoff(first, longest);
  }
}
