package dev.offpeak.simulator.gemini.batch;

import dev.offpeak.simulator.gemini.files.FilesApi;
import dev.offpeak.simulator.gemini.rules.GeminiLimits;
import dev.offpeak.simulator.gemini.rules.GeminiRules;
import dev.offpeak.simulator.gemini.wire.GeminiErrors;
import dev.offpeak.simulator.gemini.wire.RpcCode;
import dev.offpeak.simulator.http.Refusal;
import dev.offpeak.simulator.job.Job;
import dev.offpeak.simulator.job.JobBoard;
import dev.offpeak.simulator.line.BodyIntake;
import dev.offpeak.simulator.store.FileStore;
import dev.offpeak.simulator.store.StoredFile;
import dev.offpeak.simulator.time.SimClock;
import java.io.IOException;
import java.util.List;

/**
 * What must be in order when a batch is created: its model, its input file and the quotas of its
 * project. A quota that is used up refuses the create; it does not fail the batch later.
 */
final class CreateCheck {
  private static final long BYTES_PER_TOKEN = 4;

  private final JobBoard<BatchOrder> board;
  private final FileStore files;
  private final GeminiRules rules;
  private final SimClock clock;

  CreateCheck(JobBoard<BatchOrder> board, FileStore files, GeminiRules rules, SimClock clock) {
    this.board = board;
    this.files = files;
    this.rules = rules;
    this.clock = clock;
  }

  /** Refuses what cannot be created and returns the tokens that it enqueues. */
  long check(String owner, BatchOrder order, BodyIntake intake) throws IOException {
    GeminiLimits limits = rules.limits();
    if (!limits.knows(order.model())) {
      throw GeminiErrors.refuse(
          RpcCode.NOT_FOUND,
          "models/%s is not found for API version v1beta, or is not supported for %s."
              .formatted(order.model(), order.kind().createMethod()));
    }
    long bytes = order.fileName() == null ? intake.bytes() : file(owner, order.fileName()).bytes();
    long tokens = bytes / BYTES_PER_TOKEN;
    List<Job<BatchOrder>> inFlight = board.unfinished(owner).toList();
    if (limits.maxJobsInFlight() > 0 && inFlight.size() >= limits.maxJobsInFlight()) {
      throw exhausted();
    }
    long enqueued =
        inFlight.stream()
            .filter(job -> job.order().model().equals(order.model()))
            .mapToLong(job -> job.contents().enqueuedTokens())
            .sum();
    if (enqueued + tokens > limits.enqueuedTokens(order.model())) {
      throw exhausted();
    }
    return tokens;
  }

  /** It does not say which quota it was: neither does the real API. */
  private Refusal exhausted() {
    return new Refusal(GeminiErrors.exhausted(null, rules.quirks().retryInfoSeconds()));
  }

  private StoredFile file(String owner, String name) {
    String id = FilesApi.id(name);
    StoredFile file =
        files
            .find(owner, id)
            .orElseThrow(() -> FilesApi.missing(id, rules.quirks().missingFileStatus()));
    if (clock.millis() < file.createdAt() + rules.quirks().fileProcessingMs()) {
      throw GeminiErrors.refuse(
          RpcCode.FAILED_PRECONDITION,
          "The File %s is not in an ACTIVE state and usage is not allowed.".formatted(id));
    }
    List<String> types = rules.limits().batchMimeTypes();
    if (!types.isEmpty() && !types.contains(file.contentType())) {
      throw GeminiErrors.refuse(
          RpcCode.INVALID_ARGUMENT,
          "Unsupported MIME type of the input file: " + file.contentType());
    }
    return file;
  }
}
