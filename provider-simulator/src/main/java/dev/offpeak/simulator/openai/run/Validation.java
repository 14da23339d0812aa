package dev.offpeak.simulator.openai.run;

import dev.offpeak.simulator.fault.JobScript;
import dev.offpeak.simulator.job.LineIndex;
import dev.offpeak.simulator.job.LineReader;
import dev.offpeak.simulator.openai.batch.BatchBoard;
import dev.offpeak.simulator.openai.batch.BatchJob;
import dev.offpeak.simulator.openai.batch.BatchStatus;
import dev.offpeak.simulator.openai.batch.LineError;
import dev.offpeak.simulator.openai.request.Endpoint;
import dev.offpeak.simulator.openai.request.RequestFacts;
import dev.offpeak.simulator.openai.request.RequestScanner;
import dev.offpeak.simulator.openai.rules.OpenAiRules;
import dev.offpeak.simulator.store.FileStore;
import dev.offpeak.simulator.store.StoredFile;
import dev.offpeak.simulator.time.SimClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Validates the input file of a batch as the real API does: after the create was answered. */
public final class Validation {
  private final FileStore files;
  private final BatchBoard board;
  private final WorkFiles work;
  private final OpenAiRules rules;
  private final SimClock clock;

  /** Validates files of the store for batches of the board. */
  public Validation(
      FileStore files, BatchBoard board, WorkFiles work, OpenAiRules rules, SimClock clock) {
    this.files = files;
    this.board = board;
    this.work = work;
    this.rules = rules;
    this.clock = clock;
  }

  /** Brings a validating batch to {@code in_progress} or {@code failed}. */
  void run(BatchJob job) throws IOException {
    JobScript script = job.order().script();
    if (script.failCode() != null) {
      String message =
          Objects.requireNonNullElse(script.failMessage(), "Validation failed by a fault.");
      fail(
          job,
          List.of(
              new LineError(script.failCode(), message, script.failParam(), script.failLine())));
      return;
    }
    Optional<StoredFile> file = files.find(job.owner(), job.order().inputFileId());
    if (file.isEmpty() || !takeInput(job, file.get())) {
      fail(job, List.of(noFile(job)));
      return;
    }
    if (!file.get().purpose().equals("batch")) {
      String message = "The purpose of the file is '" + file.get().purpose() + "', not 'batch'.";
      fail(job, List.of(error(ValidationCode.INVALID_REQUEST, message, "file_id")));
      return;
    }
    Endpoint endpoint = Endpoint.of(job.order().endpoint()).orElseThrow();
    LineCheck check = new LineCheck(endpoint, rules.limits(), rules.codeNames());
    LineIndex index = read(job.id(), check);
    if (!check.errors().isEmpty()) {
      fail(job, check.errors());
      return;
    }
    index.save(work.index(job.id()));
    enqueue(job, check);
  }

  private boolean takeInput(BatchJob job, StoredFile file) throws IOException {
    try {
      work.takeInput(job.id(), files.content(file.id()));
      return true;
    } catch (NoSuchFileException e) {
      return false; // deleted a moment ago
    }
  }

  private LineIndex read(String batchId, LineCheck check) throws IOException {
    LineIndex index = new LineIndex();
    try (InputStream in = Files.newInputStream(work.input(batchId))) {
      LineReader lines = new LineReader(in, rules.limits().maxLineBytes());
      while (!check.tooManyLines() && lines.advance()) {
        index.add(lines.fileOffset());
        readLine(lines, check);
      }
    } catch (LineReader.LineTooLong e) {
      check.unparseable();
    }
    return index;
  }

  private static void readLine(LineReader lines, LineCheck check) {
    RequestFacts facts;
    try {
      facts = RequestScanner.line(lines.buffer(), lines.start(), lines.length());
    } catch (IOException e) {
      check.unparseable();
      return;
    }
    check.line(facts);
  }

  /**
   * Takes its place in the model's queue; one batch after the other, so that none is counted out.
   */
  private void enqueue(BatchJob job, LineCheck check) throws IOException {
    synchronized (board) {
      long limit = rules.limits().enqueuedTokens(check.model());
      long enqueued = board.enqueuedTokens(job.owner(), check.model());
      if (enqueued + check.tokens() > limit) {
        String message =
            "Enqueued token limit reached for %s in organization %s. Limit: %,d enqueued tokens. Please try again once some in_progress batches have been completed."
                .formatted(check.model(), job.owner(), limit);
        fail(job, List.of(error(ValidationCode.TOKEN_LIMIT_EXCEEDED, message, null)));
        return;
      }
      board.update(
          job.id(),
          now ->
              now.status() == BatchStatus.VALIDATING
                  ? now.validated(check.model(), check.lines(), check.tokens(), clock.millis())
                  : now);
    }
  }

  private LineError noFile(BatchJob job) {
    String message =
        "Cannot find file %s, or organization %s does not have access to it."
            .formatted(job.order().inputFileId(), job.owner());
    return error(ValidationCode.INVALID_REQUEST, message, "file_id");
  }

  private LineError error(ValidationCode code, String message, @Nullable String param) {
    return new LineError(code.wire(rules.codeNames()), message, param, null);
  }

  private void fail(BatchJob job, List<LineError> errors) throws IOException {
    board.update(
        job.id(),
        now -> now.status() == BatchStatus.VALIDATING ? now.failed(errors, clock.millis()) : now);
    work.clear(job.id());
  }
}
