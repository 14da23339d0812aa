package dev.offpeak.simulator.openai.run;

import dev.offpeak.simulator.job.Job;
import dev.offpeak.simulator.job.JobError;
import dev.offpeak.simulator.line.LineIndex;
import dev.offpeak.simulator.line.LineReader;
import dev.offpeak.simulator.openai.batch.BatchOrder;
import dev.offpeak.simulator.openai.request.Endpoint;
import dev.offpeak.simulator.openai.request.RequestFacts;
import dev.offpeak.simulator.openai.request.RequestScanner;
import dev.offpeak.simulator.openai.rules.OpenAiRules;
import dev.offpeak.simulator.run.JobRules.Check;
import dev.offpeak.simulator.run.WorkFiles;
import dev.offpeak.simulator.store.FileStore;
import dev.offpeak.simulator.store.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;

/** Looks at the input file of a batch as the real API does: after the create was answered. */
final class InputCheck {
  private final FileStore files;
  private final WorkFiles work;
  private final OpenAiRules rules;

  InputCheck(FileStore files, WorkFiles work, OpenAiRules rules) {
    this.files = files;
    this.work = work;
    this.rules = rules;
  }

  Check check(Job<BatchOrder> job) throws IOException {
    Optional<StoredFile> file = files.find(job.owner(), job.order().inputFileId());
    if (file.isEmpty() || !takeInput(job, file.get())) {
      String message =
          "Cannot find file %s, or organization %s does not have access to it."
              .formatted(job.order().inputFileId(), job.owner());
      return invalidRequest(message);
    }
    if (!file.get().purpose().equals("batch")) {
      return invalidRequest(
          "The purpose of the file is '" + file.get().purpose() + "', not 'batch'.");
    }
    LineCheck check =
        new LineCheck(
            Endpoint.of(job.order().endpoint()).orElseThrow(),
            job.order().endpoint(),
            rules.limits(),
            rules.codeNames());
    read(job.id(), check);
    List<JobError> errors = check.errors();
    return errors.isEmpty() ? new Check.Valid(check.contents()) : new Check.Invalid(errors);
  }

  private Check invalidRequest(String message) {
    String code = ValidationCode.INVALID_REQUEST.wire(rules.codeNames());
    return new Check.Invalid(List.of(new JobError(code, message, "file_id", null)));
  }

  private boolean takeInput(Job<BatchOrder> job, StoredFile file) throws IOException {
    try {
      work.linkInput(job.id(), files.content(file.id()));
      return true;
    } catch (NoSuchFileException e) {
      return false; // deleted a moment ago
    }
  }

  private void read(String batchId, LineCheck check) throws IOException {
    try (InputStream in = Files.newInputStream(work.input(batchId));
        LineIndex index = new LineIndex(work.index(batchId))) {
      LineReader lines = new LineReader(in, rules.limits().maxLineBytes());
      while (!check.tooManyLines() && lines.advance()) {
        index.add(lines.fileOffset(), lines.length());
        readLine(lines, check);
      }
    } catch (LineReader.LineTooLong e) {
      check.unparseable();
    }
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
}
