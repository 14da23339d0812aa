package dev.offpeak.results.completions.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.core.outcome.FailureDecision;
import dev.offpeak.core.outcome.Trouble;
import dev.offpeak.core.outcome.Troubles;
import dev.offpeak.core.seal.Manifest;
import dev.offpeak.core.wait.StopSignal;
import dev.offpeak.results.shared.lane.LaneRequest;
import dev.offpeak.results.shared.lane.LaneRequests;
import dev.offpeak.results.shared.metric.OutcomeKind;
import dev.offpeak.results.shared.outcome.Billed;
import dev.offpeak.results.shared.outcome.JobFacts;
import dev.offpeak.results.shared.outcome.OutcomeRecords;
import dev.offpeak.results.shared.outcome.OutcomeRecords.Outcome;
import dev.offpeak.results.shared.outcome.SpooledLine;
import dev.offpeak.results.shared.publish.Publication;
import dev.offpeak.schemas.reading.PositionReader;
import dev.offpeak.schemas.record.RecordFault;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes through a job's requests in the order of the manifest, each with its record from llm.lanes
 * and its line from the spool, and sends exactly one outcome for each.
 */
final class OutcomePass {

  private static final Logger LOGGER = LoggerFactory.getLogger(OutcomePass.class);

  private static final int HEAVY_BYTES = 4 * 1024 * 1024;

  private final FetchedJob job;
  private final JobFacts facts;
  private final DownloadedOutcomes findings;
  private final LaneRequests requests;
  private final OutcomeRecords outcomes;
  private final String retriesTopic;
  private final Semaphore heavy;
  private final Clock clock;
  private final Publication out;
  private boolean deliversAll = true;

  OutcomePass(
      FetchedJob job,
      LaneRequests requests,
      OutcomeRecords outcomes,
      String retriesTopic,
      Semaphore heavy,
      Clock clock,
      Publication out) {
    this.job = job;
    this.facts = job.facts();
    this.findings = job.findings();
    this.requests = requests;
    this.outcomes = outcomes;
    this.retriesTopic = retriesTopic;
    this.heavy = heavy;
    this.clock = clock;
    this.out = out;
  }

  /**
   * Sends what has not been sent; the last chunk is left for the caller to commit.
   *
   * @throws InterruptedException when told to stop; what was sent is committed
   */
  void run(PositionReader<byte[]> lanes, StopSignal stop) throws InterruptedException, IOException {
    Manifest manifest = findings.work().manifest();
    for (int index = out.next(); index < manifest.size(); index++) {
      if (findings.bytesAt(index) > HEAVY_BYTES) {
        sendAlone(index, lanes, stop);
      } else {
        send(index, lanes.read(manifest.offset(index)));
        commit(index, out.isFull(), stop);
      }
    }
  }

  /**
   * An answer stands in memory some four times until it is committed, so that only as many large
   * ones are in hand as there is room for.
   */
  private void sendAlone(int index, PositionReader<byte[]> lanes, StopSignal stop)
      throws InterruptedException, IOException {
    stop.await(
        () -> {
          heavy.acquire();
          return heavy;
        });
    try {
      send(index, lanes.read(findings.work().manifest().offset(index)));
      commit(index, true, stop);
    } finally {
      heavy.release();
    }
  }

  /** Whether no answer that may stand in the results is held back by a failure. */
  boolean deliversAll() {
    return deliversAll;
  }

  private void commit(int index, boolean now, StopSignal stop) throws InterruptedException {
    if (now || stop.isStopped()) {
      out.commit(index + 1);
      stop.check();
    }
  }

  /** What breaks the code by what it is becomes a failure itself, and the next one is sent. */
  private void send(int index, @Nullable ConsumerRecord<byte[], byte[]> record) throws IOException {
    SpooledLine line = findings.lineAt(index);
    try {
      send(index, record, line);
    } catch (RuntimeException | StackOverflowError e) {
      if (!RecordFault.isOnRecord(e)) {
        throw e;
      }
      sendUnprocessable(index, record, line, e);
    }
  }

  private void sendUnprocessable(
      int index,
      @Nullable ConsumerRecord<byte[], byte[]> record,
      @Nullable SpooledLine line,
      Throwable e) {
    String place =
        "partition "
            + facts.partition()
            + ", offset "
            + findings.work().manifest().offset(index)
            + " of llm.lanes";
    LOGGER
        .atError()
        .setCause(e)
        .addKeyValue("batchId", facts.batchId())
        .addKeyValue("request", place)
        .log("request can't be processed");
    Trouble why =
        Troubles.ofUnprocessable(
            "the request at " + place + " can't be processed: " + RecordFault.words(e));
    deliversAll = false;
    out.send(outcomes.unprocessable(facts, record, why, line), OutcomeKind.failed(why.kind()));
  }

  private void send(
      int index, @Nullable ConsumerRecord<byte[], byte[]> record, @Nullable SpooledLine line)
      throws IOException {
    if (record == null) {
      sendLost(index, line);
      return;
    }
    LaneRequest request = requests.read(record);
    if (line != null && findings.isAnswered(index)) {
      Outcome outcome = outcomes.answer(facts, request, line);
      deliversAll &= outcome.kind() == OutcomeKind.ANSWERED;
      out.send(outcome.record(), outcome.kind());
      out.bill(outcome.billed());
      return;
    }
    Trouble trouble = findings.troubleAt(index, line);
    switch (job.rule().decide(trouble, request.attempt(), request.deadline(), clock.instant())) {
      case FailureDecision.Retry(Trouble _, int attempt) ->
          out.send(retry(record, attempt), OutcomeKind.RETRIED);
      case FailureDecision.Fail(Trouble why) -> fail(request, why, line);
    }
  }

  /** All is made before anything is sent, so that nothing can break between the two. */
  private void fail(LaneRequest request, Trouble why, @Nullable SpooledLine line) {
    deliversAll &= !JobCleaner.mayHaveLeftAnAnswer(why.code());
    ProducerRecord<byte[], byte[]> failure = outcomes.failure(facts, request, why, line);
    OutcomeKind kind = OutcomeKind.failed(why.kind());
    if (line == null || !line.usage().tellsOfWork()) {
      out.send(failure, kind);
      return;
    }
    Billed billed = outcomes.result(facts, request, line);
    out.send(failure, kind);
    out.bill(billed);
  }

  private void sendLost(int index, @Nullable SpooledLine line) {
    Trouble why =
        Troubles.ofLostRequest(
            facts.partition(),
            findings.work().manifest().offset(index),
            findings.isAnswered(index));
    deliversAll = false;
    out.send(outcomes.lost(facts, why, line), OutcomeKind.failed(why.kind()));
  }

  private ProducerRecord<byte[], byte[]> retry(ConsumerRecord<byte[], byte[]> record, int attempt) {
    return new ProducerRecord<>(
        retriesTopic,
        null,
        null,
        facts.lane().getBytes(UTF_8),
        requests.again(record, attempt, retriesTopic),
        record.headers());
  }
}
