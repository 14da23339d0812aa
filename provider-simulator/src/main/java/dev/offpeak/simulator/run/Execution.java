package dev.offpeak.simulator.run;

import dev.offpeak.simulator.answer.Answer;
import dev.offpeak.simulator.answer.AnswerPlan;
import dev.offpeak.simulator.answer.Marker;
import dev.offpeak.simulator.answer.TokenCount;
import dev.offpeak.simulator.chance.Mix;
import dev.offpeak.simulator.chance.Shuffle;
import dev.offpeak.simulator.fault.JobScript;
import dev.offpeak.simulator.fault.JobScript.LineFate;
import dev.offpeak.simulator.job.Job;
import dev.offpeak.simulator.job.JobState;
import dev.offpeak.simulator.job.Progress;
import dev.offpeak.simulator.ledger.Ledger;
import dev.offpeak.simulator.ledger.LedgerEntry;
import dev.offpeak.simulator.ledger.LedgerWriter;
import dev.offpeak.simulator.ledger.Sha256;
import dev.offpeak.simulator.line.InputLines;
import dev.offpeak.simulator.time.SimClock;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.IntUnaryOperator;

/**
 * Executes requests of a job. It holds nothing between two calls: what is done stands in the {@link
 * Progress}, so that a restarted simulator goes on like a running one.
 *
 * @param <O> what a caller asks for, in the provider's words
 */
final class Execution<O> {
  private final LineWork<O> lineWork;
  private final WorkFiles files;
  private final Ledger ledger;
  private final AnswerPlan plan;
  private final SimClock clock;
  private final long seed;

  /** Executes by the given plan; the seed chooses the order of the requests. */
  Execution(LineWork<O> lineWork, WorkFiles files, Workshop workshop) {
    this.lineWork = lineWork;
    this.files = files;
    this.ledger = workshop.ledger();
    this.plan = workshop.plan();
    this.clock = workshop.clock();
    this.seed = workshop.seed();
  }

  private IntUnaryOperator order(Job<O> job) {
    return lineWork.shuffled()
        ? new Shuffle(job.contents().requests(), Mix.mix(seed, job.ordinal()))::at
        : IntUnaryOperator.identity();
  }

  private InputLines input(Job<O> job) throws IOException {
    return new InputLines(files.input(job.id()), files.index(job.id()));
  }

  /** Executes the requests from where the job stands up to the given place of its order. */
  Progress executeUpTo(Job<O> job, int place) throws IOException {
    Progress from = job.progress();
    IntUnaryOperator order = order(job);
    try (InputLines lines = input(job);
        ResultFile output = new ResultFile(files.output(job.id()), from.outputBytes());
        ResultFile error = new ResultFile(files.error(job.id()), from.errorBytes());
        LedgerWriter entries = ledger.writer(job.id(), from.ledgerBytes())) {
      Run run = new Run(job, output, error, entries);
      for (int i = from.executed(); i < place; i++) {
        int length = lines.read(order.applyAsInt(i));
        run.execute(lines.buffer(), length, i);
      }
      return new Progress(
          place, run.failed, output.flush(), error.flush(), entries.flush(), run.tokens);
    }
  }

  /** Writes result lines for the requests that were not executed before the job ended so. */
  Progress giveUp(Job<O> job, JobState end) throws IOException {
    Progress at = job.progress();
    IntUnaryOperator order = order(job);
    LineWork.Reader reader = lineWork.begin(job);
    try (InputLines lines = input(job);
        ResultFile output = new ResultFile(files.output(job.id()), at.outputBytes());
        ResultFile error = new ResultFile(files.error(job.id()), at.errorBytes())) {
      ResultFile target = lineWork.errorsApart() ? error : output;
      for (int i = at.executed(); i < job.contents().requests(); i++) {
        int place = i;
        int length = lines.read(order.applyAsInt(i));
        LineWork.Request request = reader.read(lines.buffer(), length);
        target.write(LineFate.PLAIN, json -> request.writeUnexecuted(json, place, end));
      }
      return at.withFiles(output.flush(), error.flush());
    }
  }

  /** Cuts off what a killed process executed but did not record. */
  void cutBack(Job<O> job) throws IOException {
    new ResultFile(files.output(job.id()), job.progress().outputBytes()).close();
    new ResultFile(files.error(job.id()), job.progress().errorBytes()).close();
    ledger.writer(job.id(), job.progress().ledgerBytes()).close();
  }

  /** One call of {@link #executeUpTo}. */
  private final class Run {
    private final Job<O> job;
    private final JobScript script;
    private final ResultFile output;
    private final ResultFile error;
    private final LedgerWriter entries;
    private final LineWork.Reader reader;
    private final MessageDigest sha256 = Sha256.digest();
    private int failed;
    private TokenCount tokens;

    Run(Job<O> job, ResultFile output, ResultFile error, LedgerWriter entries) {
      this.job = job;
      this.script = job.script();
      this.output = output;
      this.error = error;
      this.entries = entries;
      this.reader = lineWork.begin(job);
      this.failed = job.progress().failed();
      this.tokens = job.progress().tokens();
    }

    void execute(byte[] buffer, int length, int place) throws IOException {
      LineWork.Request request = reader.read(buffer, length);
      LineWork.Head head = request.head();
      sha256.update(buffer, head.bodyStart(), head.bodyEnd() - head.bodyStart());
      byte[] hash = sha256.digest();
      Marker marker = marker(buffer, head, place);
      long chance = Mix.mix(job.ordinal(), Mix.hash(head.customId()));
      Answer answer = plan.answer(request.asked(), marker, Sha256.prefix(hash), chance);
      write(request, answer, place, marker.fate());
      failed += answer.countsAsFailed() ? 1 : 0;
      tokens = tokens.plus(answer.tokens());
      entries.append(
          LedgerEntry.of(
              clock.millis(),
              new LedgerEntry.Payer(lineWork.provider(), job.owner(), job.id()),
              head.customId(),
              HexFormat.of().formatHex(hash),
              head.model(),
              answer));
    }

    private Marker marker(byte[] buffer, LineWork.Head head, int place) {
      Marker own = Marker.find(buffer, head.bodyStart(), head.bodyEnd());
      return own.orElse(script.failStatus(place, job.contents().requests()), script.fate(place));
    }

    private void write(LineWork.Request request, Answer answer, int place, LineFate fate)
        throws IOException {
      ResultFile target = answer.countsAsFailed() && lineWork.errorsApart() ? error : output;
      target.write(fate, json -> request.write(json, request.head().customId(), place, answer));
      if (place < script.foreign()) {
        target.write(
            LineFate.PLAIN, json -> request.write(json, "foreign-" + place, place, answer));
      }
    }
  }
}
