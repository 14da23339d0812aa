package dev.offpeak.simulator.openai.run;

import dev.offpeak.simulator.answer.Marker;
import dev.offpeak.simulator.chance.Mix;
import dev.offpeak.simulator.chance.Shuffle;
import dev.offpeak.simulator.fault.JobScript;
import dev.offpeak.simulator.fault.JobScript.LineFate;
import dev.offpeak.simulator.job.InputLines;
import dev.offpeak.simulator.job.LineIndex;
import dev.offpeak.simulator.ledger.Ledger;
import dev.offpeak.simulator.ledger.LedgerEntry;
import dev.offpeak.simulator.ledger.LedgerWriter;
import dev.offpeak.simulator.ledger.Sha256;
import dev.offpeak.simulator.openai.answer.Answer;
import dev.offpeak.simulator.openai.answer.AnswerPlan;
import dev.offpeak.simulator.openai.answer.AnswerWriter;
import dev.offpeak.simulator.openai.answer.TokenCount;
import dev.offpeak.simulator.openai.batch.BatchJob;
import dev.offpeak.simulator.openai.batch.Progress;
import dev.offpeak.simulator.openai.request.Endpoint;
import dev.offpeak.simulator.openai.request.RequestFacts;
import dev.offpeak.simulator.openai.request.RequestScanner;
import dev.offpeak.simulator.openai.rules.OpenAiRules;
import dev.offpeak.simulator.openai.wire.OpenAiFront;
import dev.offpeak.simulator.time.SimClock;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.IntUnaryOperator;

/**
 * Executes lines of a batch. It holds nothing between two calls: what is done stands in the {@link
 * Progress}, so that a restarted simulator goes on like a running one.
 */
public final class Execution {
  private final WorkFiles work;
  private final Ledger ledger;
  private final AnswerPlan plan;
  private final OpenAiRules rules;
  private final SimClock clock;
  private final long seed;

  /** Executes by the given plan; the seed chooses the order of the lines. */
  public Execution(
      WorkFiles work,
      Ledger ledger,
      AnswerPlan plan,
      OpenAiRules rules,
      SimClock clock,
      long seed) {
    this.work = work;
    this.ledger = ledger;
    this.plan = plan;
    this.rules = rules;
    this.clock = clock;
    this.seed = seed;
  }

  private IntUnaryOperator order(BatchJob job) {
    return rules.quirks().shuffledOutput()
        ? new Shuffle(job.total(), Mix.mix(seed, job.ordinal()))::at
        : IntUnaryOperator.identity();
  }

  private InputLines input(BatchJob job) throws IOException {
    return new InputLines(work.input(job.id()), LineIndex.load(work.index(job.id())));
  }

  /** Executes the lines from where the batch stands up to the given place of its order. */
  Progress executeUpTo(BatchJob job, int place) throws IOException {
    Progress from = job.progress();
    Run run = new Run(job, from);
    IntUnaryOperator order = order(job);
    try (InputLines lines = input(job);
        ResultFile output = new ResultFile(work.output(job.id()), from.outputBytes());
        ResultFile error = new ResultFile(work.error(job.id()), from.errorBytes());
        LedgerWriter entries = ledger.writer(job.id(), from.ledgerBytes())) {
      for (int i = from.executed(); i < place; i++) {
        int length = lines.read(order.applyAsInt(i));
        run.execute(lines.buffer(), length, i, output, error, entries);
      }
      return new Progress(
          place, run.failed, output.flush(), error.flush(), entries.flush(), run.tokens);
    }
  }

  /**
   * Writes the lines that were not executed to the error file.
   *
   * @param code for instance {@code batch_expired}
   */
  Progress giveUp(BatchJob job, String code, String message) throws IOException {
    Progress at = job.progress();
    IntUnaryOperator order = order(job);
    try (InputLines lines = input(job);
        ResultFile error = new ResultFile(work.error(job.id()), at.errorBytes())) {
      for (int i = at.executed(); i < job.total(); i++) {
        int length = lines.read(order.applyAsInt(i));
        String customId = RequestScanner.line(lines.buffer(), 0, length).customId;
        String id = ResultLine.id(Mix.hash(job.id()), i);
        error.write(
            LineFate.PLAIN, json -> ResultLine.notExecuted(json, id, customId, code, message));
      }
      return new Progress(
          at.executed(),
          at.failed(),
          at.outputBytes(),
          error.flush(),
          at.ledgerBytes(),
          at.tokens());
    }
  }

  /** Cuts off what a killed process executed but did not record. */
  void cutBack(BatchJob job) throws IOException {
    new ResultFile(work.output(job.id()), job.progress().outputBytes()).close();
    new ResultFile(work.error(job.id()), job.progress().errorBytes()).close();
    ledger.writer(job.id(), job.progress().ledgerBytes()).close();
  }

  /** One call of {@link #executeUpTo}. */
  private final class Run {
    private final BatchJob job;
    private final Endpoint endpoint;
    private final JobScript script;
    private final long idSeed;
    private final MessageDigest sha256 = Sha256.digest();
    private final AnswerWriter writer = new AnswerWriter();
    private int failed;
    private TokenCount tokens;

    Run(BatchJob job, Progress from) {
      this.job = job;
      this.endpoint = Endpoint.of(job.order().endpoint()).orElseThrow();
      this.script = job.order().script();
      this.idSeed = Mix.hash(job.id());
      this.failed = from.failed();
      this.tokens = from.tokens();
    }

    void execute(
        byte[] buffer,
        int length,
        int place,
        ResultFile output,
        ResultFile error,
        LedgerWriter entries)
        throws IOException {
      RequestFacts facts = RequestScanner.line(buffer, 0, length);
      sha256.update(buffer, facts.bodyStart, facts.bodyEnd - facts.bodyStart);
      byte[] hash = sha256.digest();
      Marker marker = Marker.find(buffer, facts.bodyStart, facts.bodyEnd);
      String customId = facts.customId == null ? "" : facts.customId;
      long chance = Mix.mix(job.ordinal(), Mix.hash(customId));
      Answer answer = plan.answer(facts, endpoint, marker, Sha256.prefix(hash), chance);
      write(facts, answer, place, fate(marker, place), output, error);
      long now = clock.millis();
      entries.append(
          new LedgerEntry(
              now,
              OpenAiFront.NAME,
              job.owner(),
              job.id(),
              customId,
              HexFormat.of().formatHex(hash),
              facts.model == null ? "" : facts.model,
              answer.status(),
              answer.tokens().input(),
              answer.tokens().cached(),
              answer.tokens().output(),
              answer.error() == null));
    }

    private LineFate fate(Marker marker, int place) {
      return marker.fate() == LineFate.PLAIN ? script.fate(place) : marker.fate();
    }

    private void write(
        RequestFacts facts,
        Answer answer,
        int place,
        LineFate fate,
        ResultFile output,
        ResultFile error)
        throws IOException {
      String id = ResultLine.id(idSeed, place);
      long now = clock.seconds();
      // A line without a status counts as done, as was seen in the real API.
      boolean failure = answer.error() != null && answer.status() != 0;
      ResultFile target = failure ? error : output;
      target.write(
          fate, json -> ResultLine.executed(json, id, facts, endpoint, answer, writer, now));
      if (place < script.foreign()) {
        facts.customId = "foreign-" + place;
        target.write(
            LineFate.PLAIN,
            json -> ResultLine.executed(json, id, facts, endpoint, answer, writer, now));
      }
      failed += failure ? 1 : 0;
      tokens = tokens.plus(answer.tokens());
    }
  }
}
