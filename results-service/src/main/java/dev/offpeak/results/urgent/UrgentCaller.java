package dev.offpeak.results.urgent;

import dev.offpeak.core.control.ControlState;
import dev.offpeak.core.lane.Edition;
import dev.offpeak.core.lane.Lane;
import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.core.outcome.JobEnd;
import dev.offpeak.core.outcome.LineKind;
import dev.offpeak.core.outcome.Trouble;
import dev.offpeak.core.outcome.Troubles;
import dev.offpeak.core.wait.RetryLater;
import dev.offpeak.provider.ResultLine;
import dev.offpeak.provider.SyncAnswer;
import dev.offpeak.provider.SyncCall;
import dev.offpeak.provider.SyncProvider;
import dev.offpeak.results.shared.account.AccountAdapters;
import dev.offpeak.results.shared.lane.LaneRequest;
import dev.offpeak.results.shared.lane.LaneRequests;
import dev.offpeak.results.shared.lane.SingleRecordReader;
import dev.offpeak.results.shared.metric.OutcomeKind;
import dev.offpeak.results.shared.metric.ResultsMeters;
import dev.offpeak.results.shared.outcome.JobFacts;
import dev.offpeak.results.shared.outcome.LineKinds;
import dev.offpeak.results.shared.outcome.OutcomeRecords;
import dev.offpeak.results.shared.outcome.OutcomeRecords.Outcome;
import dev.offpeak.results.shared.outcome.SpooledLine;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.record.RecordFault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Tries urgent requests, each once, and makes their outcomes. Blocks; safe for threads. */
public final class UrgentCaller {

  /** There is no job that could have ended in a way that matters. */
  private static final JobEnd NO_JOB = new JobEnd(JobEnd.As.COMPLETED, true, null, null, false);

  private final String lanesTopic;
  private final SingleRecordReader places;
  private final LaneRequests requests;
  private final OutcomeRecords outcomes;
  private final AccountAdapters<SyncProvider> accounts;
  private final ControlState control;
  private final Duration timeout;
  private final ResultsMeters meters;
  private final Clock clock;

  /**
   * Calls with these accounts.
   *
   * @param lanesTopic full name of llm.lanes, where payloads are
   * @param timeout longest time for one call
   */
  public UrgentCaller(
      String lanesTopic,
      SingleRecordReader places,
      LaneRequests requests,
      OutcomeRecords outcomes,
      AccountAdapters<SyncProvider> accounts,
      ControlState control,
      Duration timeout,
      ResultsMeters meters,
      Clock clock) {
    this.lanesTopic = lanesTopic;
    this.places = places;
    this.requests = requests;
    this.outcomes = outcomes;
    this.accounts = accounts;
    this.control = control;
    this.timeout = timeout;
    this.meters = meters;
    this.clock = clock;
  }

  /**
   * Calls the provider, unless the request was cancelled; the intent to do so is committed. Never
   * throws.
   *
   * @return makes the outcome of what came of it, and may be asked again when it throws, since that
   *     calls nobody
   */
  Supplier<CallResult> call(UrgentRequest urgent) {
    ConsumerRecord<byte[], byte[]> record;
    LaneRequest request;
    SyncProvider provider;
    byte[] body;
    Edition edition;
    try {
      record = payload(urgent);
      if (record == null) {
        return () -> lost(urgent);
      }
      request = requests.read(record);
      body = requests.body(record);
      edition = Lane.parse(urgent.batch().getLane()).edition();
      provider = accounts.of(urgent.account());
    } catch (RetryLater e) {
      return () -> new CallResult.TurnedDown(FailureCode.ACCOUNT_NOT_READY.id(), e.reason(), null);
    } catch (RuntimeException e) {
      return RecordFault.isOnRecord(e)
          ? () -> unprocessable(urgent, e)
          : () ->
              new CallResult.TurnedDown(FailureCode.PAYLOAD_UNREADABLE.id(), e.toString(), null);
    }
    Instant cancelledAt = cancelledAt(urgent, request);
    if (cancelledAt != null) {
      return () -> failed(urgent, request, Troubles.ofCancelledCall(cancelledAt));
    }
    Duration left = Duration.between(clock.instant(), urgent.deadline());
    if (!left.isPositive()) {
      return () -> failed(urgent, request, Troubles.ofPassedDeadline(urgent.deadline()));
    }
    Duration limit = left.compareTo(timeout) < 0 ? left : timeout;
    SyncAnswer answer =
        answer(
            provider,
            new SyncCall(
                urgent.providerId(),
                urgent.batch().getEndpoint(),
                request.model(),
                edition,
                body,
                limit));
    meters.calledSynchronously(urgent.account(), result(answer));
    JobFacts facts = urgent.facts(clock.instant());
    return () -> turn(facts, request, answer);
  }

  /** Whether an operator has paused the account. */
  boolean isHeld(String account) {
    return control.isPaused(account);
  }

  /**
   * What becomes for now of a request whose account is paused.
   *
   * @throws RuntimeException when its record can't be read now
   */
  CallResult hold(UrgentRequest urgent) {
    ConsumerRecord<byte[], byte[]> record = payload(urgent);
    if (record == null) {
      return lost(urgent);
    }
    LaneRequest request = requests.read(record);
    Instant cancelledAt = cancelledAt(urgent, request);
    return cancelledAt == null
        ? new CallResult.TurnedDown(
            FailureCode.ACCOUNT_PAUSED.id(), "an operator has paused the account", null)
        : failed(urgent, request, Troubles.ofCancelledCall(cancelledAt));
  }

  /** When the request was cancelled, by its id or as the batch of one that it is. */
  private @Nullable Instant cancelledAt(UrgentRequest urgent, LaneRequest request) {
    Instant byId =
        control.cancelledAt(
            request.tenant(), request.replayId(), request.customId(), request.admittedAt());
    if (byId != null) {
      return byId;
    }
    SealedBatch batch = urgent.batch();
    return control.cancelledAt(
        batch.getBatchId(), Lane.parse(batch.getLane()), batch.getSealedAt());
  }

  private static SyncAnswer answer(SyncProvider provider, SyncCall call) {
    try {
      return provider.call(call);
    } catch (RuntimeException e) {
      return new SyncAnswer.InDoubt(FailureCode.CALL_FAILED.id(), e.toString());
    }
  }

  /**
   * Makes the failure of a request that is not called (again).
   *
   * @throws RuntimeException when its record can't be read now
   */
  CallResult fail(UrgentRequest urgent, Trouble why) {
    ConsumerRecord<byte[], byte[]> record = payload(urgent);
    return record == null ? lost(urgent) : failed(urgent, requests.read(record), why);
  }

  /**
   * Makes the failure of a request that breaks the code which works on it.
   *
   * @throws RuntimeException when its record can't be had now
   */
  CallResult unprocessable(UrgentRequest urgent, RuntimeException e) {
    Trouble why =
        Troubles.ofUnprocessable(
            "the request at partition "
                + urgent.lanePartition()
                + ", offset "
                + urgent.laneOffset()
                + " of llm.lanes can't be processed: "
                + RecordFault.words(e));
    return new CallResult.Settled(
        outcomes.unprocessable(urgent.facts(clock.instant()), payload(urgent), why, null),
        OutcomeKind.failed(why.kind()),
        null);
  }

  /** The failure that stands for a record of llm.urgent which can't be read. */
  ProducerRecord<byte[], byte[]> failure(
      ConsumerRecord<byte[], byte[]> record, RuntimeException e) {
    return outcomes.unprocessable(record, RecordFault.words(e));
  }

  private @Nullable ConsumerRecord<byte[], byte[]> payload(UrgentRequest urgent) {
    return places.read(new TopicPartition(lanesTopic, urgent.lanePartition()), urgent.laneOffset());
  }

  private static String result(SyncAnswer answer) {
    return switch (answer) {
      case SyncAnswer.TurnedDown _ -> "turned_down";
      case SyncAnswer.Done(ResultLine.Succeeded _) -> "answered";
      case SyncAnswer.Done(ResultLine.Errored _) -> "refused";
      case SyncAnswer.Done _, SyncAnswer.InDoubt _ -> "in_doubt";
    };
  }

  private CallResult turn(JobFacts facts, LaneRequest request, SyncAnswer answer) {
    return switch (answer) {
      case SyncAnswer.TurnedDown(String code, String message, Duration after) ->
          new CallResult.TurnedDown(code, message, after);
      case SyncAnswer.InDoubt(String code, String message) ->
          failed(facts, request, Troubles.ofSyncDoubt(code + ": " + message), null);
      case SyncAnswer.Done(ResultLine line) -> done(facts, request, line);
    };
  }

  private CallResult done(JobFacts facts, LaneRequest request, ResultLine line) {
    return switch (line) {
      case ResultLine.Succeeded answered -> {
        SpooledLine said = SpooledLine.of(answered);
        Outcome outcome = outcomes.answer(facts, request, said);
        yield new CallResult.Settled(outcome.record(), outcome.kind(), outcome.billed());
      }
      case ResultLine.Errored error ->
          failed(
              facts,
              request,
              Troubles.ofLine(LineKinds.of(error), error.code(), error.message(), NO_JOB),
              SpooledLine.of(error));
      case ResultLine.Unreadable(String _, String problem) ->
          failed(facts, request, Troubles.ofLine(LineKind.UNREADABLE, "", problem, NO_JOB), null);
      case ResultLine.Expired _, ResultLine.Canceled _ ->
          failed(facts, request, Troubles.ofSyncDoubt("the provider broke the call off"), null);
    };
  }

  private CallResult failed(UrgentRequest urgent, LaneRequest request, Trouble why) {
    return failed(urgent.facts(clock.instant()), request, why, null);
  }

  private CallResult failed(
      JobFacts facts, LaneRequest request, Trouble why, @Nullable SpooledLine line) {
    ProducerRecord<byte[], byte[]> failure = outcomes.failure(facts, request, why, line);
    OutcomeKind kind = OutcomeKind.failed(why.kind());
    return line != null && line.usage().tellsOfWork()
        ? new CallResult.Settled(failure, kind, outcomes.result(facts, request, line))
        : new CallResult.Settled(failure, kind, null);
  }

  private CallResult lost(UrgentRequest urgent) {
    Trouble why = Troubles.ofLostRequest(urgent.lanePartition(), urgent.laneOffset(), false);
    return new CallResult.Settled(
        outcomes.lost(urgent.facts(clock.instant()), why, null),
        OutcomeKind.failed(why.kind()),
        null);
  }
}
