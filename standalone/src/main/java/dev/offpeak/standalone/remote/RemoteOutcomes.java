package dev.offpeak.standalone.remote;

import dev.offpeak.standalone.input.Inputs;
import dev.offpeak.standalone.input.Line;
import dev.offpeak.standalone.outcome.OutcomeFiles;
import dev.offpeak.standalone.report.Failed;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;

/** Writes the lines of a batch's files as the outcomes of a run. */
final class RemoteOutcomes {

  private final SentLines sent;
  private final OutcomeFiles files;
  private final Map<String, Failed> failures = new TreeMap<>();
  private long done;
  private long failed;

  RemoteOutcomes(SentLines sent, OutcomeFiles files) {
    this.sent = sent;
    this.files = files;
  }

  /** All lines of an output or error file. */
  void take(InputStream content) throws IOException {
    try (Inputs lines = Inputs.of(content, Integer.MAX_VALUE - 16)) {
      for (Line line = lines.next(); line != null; line = lines.next()) {
        if (line instanceof Line.Fitting fitting) {
          OutputLine outcome = OutputLine.of(fitting.bytes());
          take(outcome, sent.where(outcome.number()));
        }
      }
    }
  }

  /** Those that were too long to be sent. */
  void takeTooLong(long limit) throws IOException {
    for (Line.TooLong line : sent.tooLong()) {
      String message =
          "the line has %d bytes; at most %d are allowed (--line-limit)"
              .formatted(line.length(), limit);
      take(
          OutputLine.refused(line.customId(), "request_too_large", message),
          sent.where(line.place()));
    }
  }

  private void take(OutputLine line, String where) throws IOException {
    byte[] written = line.written(sent.shape(line.number()), where);
    if (line.succeeded()) {
      done++;
      files.result(written);
    } else {
      failed++;
      files.failure(written);
      failures.merge(line.failure(), new Failed(1, where + line.message()), Failed::plus);
    }
  }

  Map<String, Failed> failures() {
    return failures;
  }

  long done() {
    return done;
  }

  long failed() {
    return failed;
  }
}
