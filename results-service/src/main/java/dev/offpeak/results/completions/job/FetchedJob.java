package dev.offpeak.results.completions.job;

import dev.offpeak.core.outcome.RetryRule;
import dev.offpeak.results.shared.outcome.JobFacts;
import java.io.IOException;

/**
 * An ended job with everything that is known of its requests, ready to be published.
 *
 * @param facts what all its outcomes have in common
 * @param rule when a request is tried again
 * @param findings what the provider's results say
 * @param slot its room on the disk
 */
public record FetchedJob(
    Completion completion,
    JobFacts facts,
    RetryRule rule,
    DownloadedOutcomes findings,
    DownloadSlots.Slot slot)
    implements DecodedCompletion {

  /** Whether nothing is left at the provider that was not fetched. */
  public boolean isDelivered() {
    return findings.undelivered() == null;
  }

  @Override
  public long offset() {
    return completion.offset();
  }

  @Override
  public void close() throws IOException {
    try (slot) {
      findings.close();
    }
  }
}
