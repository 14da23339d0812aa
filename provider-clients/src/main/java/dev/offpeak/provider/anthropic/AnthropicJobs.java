package dev.offpeak.provider.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.offpeak.provider.ProviderJob;
import dev.offpeak.provider.ProviderJob.Phase;
import dev.offpeak.provider.call.JsonText;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Anthropic's MessageBatch as a {@link ProviderJob} (PROVIDERS.md B1, B3). */
final class AnthropicJobs {

  private AnthropicJobs() {}

  /**
   * Reads a MessageBatch.
   *
   * @throws IllegalArgumentException when it has no id, no status or no time of creation
   */
  static ProviderJob read(JsonNode batch) {
    String id = JsonText.find(batch, "id");
    String status = JsonText.find(batch, "processing_status");
    Instant createdAt = instant(batch, "created_at");
    if (id == null || status == null || createdAt == null) {
      throw new IllegalArgumentException("a batch without id, processing_status or created_at");
    }
    JsonNode counts = batch.path("request_counts");
    int succeeded = counts.path("succeeded").asInt();
    int errored = counts.path("errored").asInt();
    return new ProviderJob(
        id,
        phase(status, batch, counts),
        status,
        createdAt,
        instant(batch, "expires_at"),
        requests(counts),
        succeeded,
        errored,
        null,
        null,
        null,
        null);
  }

  /** The number of requests: counts move from one to another, their sum stays. */
  private static int requests(JsonNode counts) {
    int sum = 0;
    for (JsonNode count : counts) {
      sum += count.asInt();
    }
    return sum;
  }

  /**
   * {@code ended} says nothing of how; the counts do. A cancelled batch of which nothing was
   * cancelled has completed. A status that we do not know is one that is not final.
   */
  private static Phase phase(String status, JsonNode batch, JsonNode counts) {
    return switch (status) {
      case "canceling" -> Phase.CANCELLING;
      case "ended" -> {
        if (batch.hasNonNull("cancel_initiated_at") && counts.path("canceled").asInt() > 0) {
          yield Phase.CANCELLED;
        }
        yield counts.path("expired").asInt() > 0 ? Phase.EXPIRED : Phase.COMPLETED;
      }
      default -> Phase.IN_PROGRESS;
    };
  }

  /** Whether the batch's results are past their 29 days (PROVIDERS.md B2). */
  static boolean isArchived(JsonNode batch) {
    return batch.hasNonNull("archived_at");
  }

  private static @Nullable Instant instant(JsonNode node, String field) {
    String text = JsonText.find(node, field);
    if (text == null) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(field + " is '" + text + "', which is no time", e);
    }
  }
}
