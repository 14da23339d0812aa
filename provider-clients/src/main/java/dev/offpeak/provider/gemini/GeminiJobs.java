package dev.offpeak.provider.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.core.provider.ProviderJob;
import dev.offpeak.core.provider.ProviderJob.Phase;
import dev.offpeak.provider.call.JsonText;
import dev.offpeak.provider.foreign.ForeignNumbers;
import dev.offpeak.provider.foreign.ForeignTimes;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gemini's Operation of a batch as a {@link ProviderJob} (docs/providers C1, C3). */
final class GeminiJobs {

  /** States of a job that runs; UNSPECIFIED and none at all are said of one just made. */
  private static final Set<String> RUNNING =
      Set.of("", "UNSPECIFIED", "RUNNING", "UPDATING", "PAUSED");

  private GeminiJobs() {}

  /**
   * Reads an Operation.
   *
   * @param seenAt stands in for a time of creation that is not told
   * @throws IllegalArgumentException when it has no name
   */
  static ProviderJob read(JsonNode operation, Instant seenAt) {
    JsonNode batch = operation.path("metadata");
    String id = JsonText.find(operation, "name");
    if (id == null) {
      throw new IllegalArgumentException("an operation without name");
    }
    String status = JsonText.find(batch, "state", "");
    JsonNode stats = batch.path("batchStats");
    Phase phase = phase(state(status, operation), operation);
    return new ProviderJob(
        id,
        phase,
        status,
        ForeignTimes.or(ForeignTimes.text(batch.path("createTime")), seenAt),
        null,
        ForeignNumbers.count(stats.path("requestCount")),
        answers(stats, phase, operation),
        ForeignNumbers.count(stats.path("failedRequestCount")),
        JsonText.find(batch.path("inputConfig"), "fileName"),
        responsesFile(operation),
        null,
        problem(phase, status, operation));
  }

  private static @Nullable ProviderError problem(Phase phase, String status, JsonNode operation) {
    if (phase == Phase.FAILED) {
      return failure(operation.path("error"));
    }
    boolean isOdd = phase == Phase.IN_PROGRESS && !RUNNING.contains(bare(status));
    return isOdd ? ProviderError.unknownStatus(status) : null;
  }

  private static String bare(String status) {
    int prefix = status.indexOf("STATE_");
    return prefix < 0 ? status : status.substring(prefix + 6);
  }

  /** {@code BATCH_STATE_RUNNING} on the wire is {@code JOB_STATE_RUNNING} in SDKs. */
  private static String state(String status, JsonNode operation) {
    String state = bare(status);
    boolean isDone = operation.path("done").asBoolean();
    if (!isDone || (!state.isEmpty() && !state.equals("UNSPECIFIED"))) {
      return state;
    }
    if (!operation.hasNonNull("error")) {
      return "SUCCEEDED";
    }
    return isCancel(operation.path("error")) ? "CANCELLED" : "FAILED";
  }

  /**
   * {@code SUCCEEDED} can be seen before there are results: an ended job is ended, and they are for
   * others to wait for. A state that we do not know is one that is not final.
   */
  private static Phase phase(String state, JsonNode operation) {
    return switch (state) {
      case "PENDING", "QUEUED" -> Phase.VALIDATING;
      case "CANCELLING", "CANCELING" -> Phase.CANCELLING;
      case "SUCCEEDED", "PARTIALLY_SUCCEEDED" -> Phase.COMPLETED;
      case "CANCELLED", "CANCELED" -> Phase.CANCELLED;
      case "EXPIRED" -> Phase.EXPIRED;
      case "FAILED" -> isCancel(operation.path("error")) ? Phase.CANCELLED : Phase.FAILED;
      default -> Phase.IN_PROGRESS;
    };
  }

  private static boolean isCancel(JsonNode error) {
    return code(error) == RpcCode.CANCELLED;
  }

  private static RpcCode code(JsonNode error) {
    return RpcCode.of(JsonText.find(error, "status", ""), ForeignNumbers.count(error.path("code")));
  }

  /** An expired job, and one that was cancelled, gives none of the answers that it came to. */
  private static int answers(JsonNode stats, Phase phase, JsonNode operation) {
    boolean withheld =
        (phase == Phase.EXPIRED || phase == Phase.CANCELLED) && !hasResults(operation);
    return withheld ? 0 : ForeignNumbers.count(stats.path("successfulRequestCount"));
  }

  private static boolean hasResults(JsonNode operation) {
    return responsesFile(operation) != null
        || operation.path("response").hasNonNull("inlinedResponses")
        || operation.path("metadata").path("output").hasNonNull("inlinedResponses");
  }

  /** The file of results, in either place where it can stand. */
  static @Nullable String responsesFile(JsonNode operation) {
    String file = JsonText.find(operation.path("response"), "responsesFile");
    return file != null
        ? file
        : JsonText.find(operation.path("metadata").path("output"), "responsesFile");
  }

  /**
   * Why a job failed as a whole. Lines are not taken from the message: whether Gemini counts them
   * from 0 or 1 is nowhere written, and the wrong request would fail.
   */
  private static ProviderError failure(JsonNode error) {
    String message = JsonText.find(error, "message", "the job failed without a reason");
    RpcCode code = code(error);
    return switch (code) {
      case RESOURCE_EXHAUSTED -> new ProviderError.QuotaExceeded(code.name(), message, null);
      case UNAUTHENTICATED -> new ProviderError.AccountProblem(code.name(), message);
      case UNKNOWN,
          DEADLINE_EXCEEDED,
          ABORTED,
          INTERNAL,
          UNAVAILABLE,
          NOT_FOUND,
          PERMISSION_DENIED ->
          new ProviderError.Retryable(code.name(), message);
      case OK,
          CANCELLED,
          INVALID_ARGUMENT,
          ALREADY_EXISTS,
          FAILED_PRECONDITION,
          OUT_OF_RANGE,
          UNIMPLEMENTED,
          DATA_LOSS ->
          new ProviderError.Rejected(code.name(), message);
    };
  }
}
