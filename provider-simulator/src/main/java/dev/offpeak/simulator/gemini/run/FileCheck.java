package dev.offpeak.simulator.gemini.run;

import dev.offpeak.simulator.gemini.batch.BatchOrder;
import dev.offpeak.simulator.gemini.request.GeminiFacts;
import dev.offpeak.simulator.gemini.request.GeminiScanner;
import dev.offpeak.simulator.gemini.rules.GeminiLimits;
import dev.offpeak.simulator.gemini.wire.RpcCode;
import dev.offpeak.simulator.job.Job;
import dev.offpeak.simulator.job.JobContents;
import dev.offpeak.simulator.job.JobError;
import dev.offpeak.simulator.line.LineIndex;
import dev.offpeak.simulator.line.LineReader;
import dev.offpeak.simulator.run.JobRules.Check;
import dev.offpeak.simulator.run.WorkFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;

/**
 * Looks at the input file of a batch after it was created. A line that is no request fails the
 * whole batch; what is in a request is looked at when it is executed.
 *
 * @param work where the file is
 * @param limits what is allowed
 */
record FileCheck(WorkFiles work, GeminiLimits limits) {
  Check check(Job<BatchOrder> job) throws IOException {
    try (InputStream in = Files.newInputStream(work.input(job.id()));
        LineIndex index = new LineIndex(work.index(job.id()))) {
      LineReader lines = new LineReader(in, limits.maxLineBytes());
      while (lines.advance()) {
        int number = index.size() + 1;
        if (limits.maxRequests() > 0 && number > limits.maxRequests()) {
          return invalid(
              "The file has more than the %d requests allowed.".formatted(limits.maxRequests()));
        }
        if (!isRequest(lines)) {
          return invalid(
              "Line %d of the file %s is not a request: expected {\"key\": …, \"request\": {…}}."
                  .formatted(number, job.order().fileName()));
        }
        index.add(lines.fileOffset(), lines.length());
      }
      return index.size() == 0
          ? invalid("The file " + job.order().fileName() + " is empty.")
          : new Check.Valid(
              new JobContents(job.order().model(), index.size(), job.contents().enqueuedTokens()));
    } catch (LineReader.LineTooLong e) {
      return invalid("A line of the file is longer than " + limits.maxLineBytes() + " bytes.");
    }
  }

  private static boolean isRequest(LineReader lines) {
    try {
      GeminiFacts facts = GeminiScanner.line(lines.buffer(), lines.start(), lines.length());
      return facts.requestStart >= 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static Check invalid(String message) {
    return new Check.Invalid(
        List.of(new JobError(RpcCode.INVALID_ARGUMENT.name(), message, null, null)));
  }
}
