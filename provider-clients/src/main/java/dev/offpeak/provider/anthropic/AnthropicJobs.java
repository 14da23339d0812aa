package dev.offpeak.provider.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.core.provider.ProviderJob;
import dev.offpeak.core.provider.ProviderJob.Phase;
import dev.offpeak.provider.call.JsonText;
import dev.offpeak.provider.foreign.ForeignNumbers;
import dev.offpeak.provider.foreign.ForeignTimes;
import java.time.Instant;
import java.util.Set;

/** Anthropic's MessageBatch as a {@link ProviderJob} (docs/providers B1, B3). */
final class AnthropicJobs {

  private static final Set<String> KNOWN =
      Set.of("in_progress", "canceling", "cancelling", "ended");

  private AnthropicJobs() {}

  /**
   * Reads a MessageBatch.
   *
   * @param seenAt stands in for a time of creation that is not told
   * @throws IllegalArgumentException when it has no id or no status
   */
  static ProviderJob read(JsonNode batch, Instant seenAt) {
    String id = JsonText.find(batch, "id");
    String status = JsonText.find(batch, "processing_status");
    if (id == null || status == null) {
      throw new IllegalArgumentException("a batch without id or processing_status");
    }
    JsonNode counts = batch.path("request_counts");
    return new ProviderJob(
        id,
        phase(status, batch, counts),
        status,
        ForeignTimes.or(ForeignTimes.text(batch.path("created_at")), seenAt),
        ForeignTimes.text(batch.path("expires_at")),
        requests(counts),
        ForeignNumbers.count(counts.path("succeeded")),
        ForeignNumbers.count(counts.path("errored")),
        null,
        null,
        null,
        KNOWN.contains(status) ? null : ProviderError.unknownStatus(status));
  }

  /** The number of requests: counts move from one to another, their sum stays. */
  private static int requests(JsonNode counts) {
    long sum = 0;
    for (JsonNode count : counts) {
      sum += ForeignNumbers.count(count);
    }
    return (int) Math.min(sum, Integer.MAX_VALUE);
  }

  /**
   * {@code ended} says nothing of how; the counts do. A cancelled batch of which nothing was
   * cancelled has completed. A status that we do not know is one that is not final.
   */
  private static Phase phase(String status, JsonNode batch, JsonNode counts) {
    return switch (status) {
      case "canceling", "cancelling" -> Phase.CANCELLING;
      case "ended" -> {
        if (batch.hasNonNull("cancel_initiated_at")
            && ForeignNumbers.count(counts.path("canceled")) > 0) {
          yield Phase.CANCELLED;
        }
        yield ForeignNumbers.count(counts.path("expired")) > 0 ? Phase.EXPIRED : Phase.COMPLETED;
      }
      default -> Phase.IN_PROGRESS;
    };
  }

  /** Whether the batch's results are past their 29 days (docs/providers B2). */
  static boolean isArchived(JsonNode batch) {
    return batch.hasNonNull("archived_at");
  }
}
