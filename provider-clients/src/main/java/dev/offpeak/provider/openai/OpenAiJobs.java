package dev.offpeak.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.core.provider.ProviderError.BadLine;
import dev.offpeak.core.provider.ProviderJob;
import dev.offpeak.core.provider.ProviderJob.Phase;
import dev.offpeak.provider.call.JsonText;
import dev.offpeak.provider.foreign.ForeignNumbers;
import dev.offpeak.provider.foreign.ForeignTimes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** OpenAI's Batch object as a {@link ProviderJob} (docs/providers A1, A3). */
final class OpenAiJobs {

  private static final Set<String> KNOWN =
      Set.of(
          "validating",
          "in_progress",
          "finalizing",
          "completed",
          "expired",
          "cancelling",
          "canceling",
          "cancelled",
          "canceled");

  private OpenAiJobs() {}

  /**
   * Reads a Batch object. What it says of counts and files may contradict itself, or come late
   * (litellm#37713): an ended job is ended, and its results are for others to wait for.
   *
   * @param seenAt stands in for a time of creation that is not told
   * @throws IllegalArgumentException when it has no id or no status
   */
  static ProviderJob read(JsonNode batch, Instant seenAt) {
    String id = JsonText.find(batch, "id");
    String said = JsonText.find(batch, "status");
    if (id == null || said == null) {
      throw new IllegalArgumentException("a batch without id or status");
    }
    String status = said.strip().toLowerCase(Locale.ROOT);
    JsonNode counts = batch.path("request_counts");
    return new ProviderJob(
        id,
        phase(status),
        said,
        ForeignTimes.or(ForeignTimes.seconds(batch.path("created_at")), seenAt),
        ForeignTimes.seconds(batch.path("expires_at")),
        ForeignNumbers.count(counts.path("total")),
        ForeignNumbers.count(counts.path("completed")),
        ForeignNumbers.count(counts.path("failed")),
        JsonText.find(batch, "input_file_id"),
        JsonText.find(batch, "output_file_id"),
        JsonText.find(batch, "error_file_id"),
        problem(status, said, batch));
  }

  private static @Nullable ProviderError problem(String status, String said, JsonNode batch) {
    if (isFailed(status)) {
      return failure(errors(batch.path("errors")));
    }
    return KNOWN.contains(status) ? null : ProviderError.unknownStatus(said);
  }

  private static boolean isFailed(String status) {
    return status.equals("failed") || status.equals("error");
  }

  /** A list within an object at OpenAI; elsewhere a bare list, one object, or a sentence. */
  private static List<JsonNode> errors(JsonNode errors) {
    JsonNode data = errors.has("data") ? errors.path("data") : errors;
    List<JsonNode> all = new ArrayList<>();
    if (data.isArray()) {
      data.forEach(all::add);
    } else if (data.isObject() || (data.isTextual() && !data.asText().isBlank())) {
      all.add(data);
    }
    return all;
  }

  /** A status that we do not know is one that is not final. */
  private static Phase phase(String status) {
    return switch (status) {
      case "validating" -> Phase.VALIDATING;
      case "finalizing" -> Phase.FINALIZING;
      case "cancelling", "canceling" -> Phase.CANCELLING;
      case "completed" -> Phase.COMPLETED;
      case "expired" -> Phase.EXPIRED;
      case "cancelled", "canceled" -> Phase.CANCELLED;
      case "failed", "error" -> Phase.FAILED;
      default -> Phase.IN_PROGRESS;
    };
  }

  /** docs/providers A4b: full queue and unknown file pass, everything else is in the input. */
  private static ProviderError failure(List<JsonNode> errors) {
    List<BadLine> lines = new ArrayList<>();
    for (JsonNode error : errors) {
      String code = code(error);
      if (code.equals("token_limit_exceeded")) {
        return new ProviderError.QuotaExceeded(code, message(error), null);
      }
      if (OpenAiCodes.isAccount(code)) {
        return new ProviderError.AccountProblem(code, message(error));
      }
      if (isFileUnknown(error) || OpenAiCodes.isTurnedDown(code)) {
        return new ProviderError.Retryable(code, message(error));
      }
      int line = ForeignNumbers.count(error.path("line"));
      if (line > 0) {
        lines.add(new BadLine(line - 1, code, message(error)));
      }
    }
    if (errors.isEmpty()) {
      return new ProviderError.Rejected(
          FailureCode.BATCH_FAILED.id(), "the batch failed without a reason");
    }
    JsonNode first = errors.getFirst();
    return lines.isEmpty()
        ? new ProviderError.Rejected(code(first), message(first))
        : new ProviderError.InvalidLines(
            lines.getFirst().code(), lines.getFirst().message(), List.copyOf(lines));
  }

  /** Unknown file: it comes with fresh files too, for hours, and goes again (2026-09-01). */
  private static boolean isFileUnknown(JsonNode error) {
    return code(error).equals("invalid_request")
        && ("file_id".equals(JsonText.find(error, "param"))
            || message(error).startsWith("Cannot find file"));
  }

  private static String code(JsonNode error) {
    return JsonText.find(error, "code", "unknown");
  }

  private static String message(JsonNode error) {
    return error.isTextual() ? error.asText() : JsonText.find(error, "message", "");
  }
}
