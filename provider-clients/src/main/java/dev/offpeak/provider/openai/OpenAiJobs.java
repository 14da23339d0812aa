package dev.offpeak.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.offpeak.provider.ProviderError;
import dev.offpeak.provider.ProviderError.LineProblem;
import dev.offpeak.provider.ProviderJob;
import dev.offpeak.provider.ProviderJob.Phase;
import dev.offpeak.provider.call.JsonText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** OpenAI's Batch object as a {@link ProviderJob} (PROVIDERS.md A1, A3). */
final class OpenAiJobs {

  private OpenAiJobs() {}

  /**
   * Reads a Batch object.
   *
   * @throws IllegalArgumentException when it has no id or no status
   */
  static ProviderJob read(JsonNode batch) {
    String id = JsonText.find(batch, "id");
    String status = JsonText.find(batch, "status");
    if (id == null || status == null) {
      throw new IllegalArgumentException("a batch without id or status");
    }
    JsonNode counts = batch.path("request_counts");
    int succeeded = counts.path("completed").asInt();
    int failed = counts.path("failed").asInt();
    String output = JsonText.find(batch, "output_file_id");
    String errors = JsonText.find(batch, "error_file_id");
    boolean filesToCome = (succeeded > 0 && output == null) || (failed > 0 && errors == null);
    return new ProviderJob(
        id,
        phase(status, filesToCome),
        status,
        Instant.ofEpochSecond(batch.path("created_at").asLong()),
        batch.hasNonNull("expires_at")
            ? Instant.ofEpochSecond(batch.path("expires_at").asLong())
            : null,
        counts.path("total").asInt(),
        succeeded,
        failed,
        JsonText.find(batch, "input_file_id"),
        output,
        errors,
        status.equals("failed") ? failure(batch.path("errors").path("data")) : null);
  }

  /**
   * {@code completed} can be seen before the file ids are set (litellm#37713): the job is then
   * still finalizing for us. A status that we do not know is one that is not final.
   */
  private static Phase phase(String status, boolean filesToCome) {
    return switch (status) {
      case "validating" -> Phase.VALIDATING;
      case "finalizing" -> Phase.FINALIZING;
      case "cancelling" -> Phase.CANCELLING;
      case "completed" -> filesToCome ? Phase.FINALIZING : Phase.COMPLETED;
      case "expired" -> Phase.EXPIRED;
      case "cancelled" -> Phase.CANCELLED;
      case "failed" -> Phase.FAILED;
      default -> Phase.IN_PROGRESS;
    };
  }

  /** PROVIDERS.md A4b: full queue and unknown file pass, everything else is in the input. */
  private static ProviderError failure(JsonNode errors) {
    List<LineProblem> lines = new ArrayList<>();
    for (JsonNode error : errors) {
      String code = code(error);
      if (code.equals("token_limit_exceeded")) {
        return new ProviderError.QuotaExceeded(code, message(error), null);
      }
      if (isFileUnknown(error)) {
        return new ProviderError.Retryable(code, message(error));
      }
      if (error.path("line").asInt() > 0) {
        lines.add(new LineProblem(error.path("line").asInt() - 1, code, message(error)));
      }
    }
    if (errors.isEmpty()) {
      return new ProviderError.Rejected("batch_failed", "the batch failed without a reason");
    }
    JsonNode first = errors.path(0);
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
    return JsonText.find(error, "message", "");
  }
}
