package dev.offpeak.core.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of decisions, row by row. */
class TroublesTest {

  private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");
  private static final Duration WINDOW = Duration.ofHours(24);

  @ParameterizedTest
  @CsvSource({
    // line, job ended as, job retryable | decision, code, kind, outcome, worth sending again
    "ERRORED_RETRYABLE,  COMPLETED, false, Retry, server_error,        RETRYABLE,  ERRORED,  true",
    "ERRORED_RETRYABLE,  EXPIRED,   false, Retry, server_error,        RETRYABLE,  ERRORED,  true",
    "ERRORED_YOUR_INPUT, COMPLETED, false, Fail,  server_error,        YOUR_INPUT, ERRORED,  false",
    "ERRORED_ACCOUNT,    COMPLETED, false, Fail,  server_error,        ACCOUNT,    ERRORED,  true",
    "ERRORED_PROVIDER,   COMPLETED, false, Fail,  server_error,        PROVIDER,   ERRORED,  true",
    "EXPIRED,            EXPIRED,   false, Retry, batch_expired,       RETRYABLE,  EXPIRED,  true",
    "CANCELED,           CANCELLED, false, Fail,  batch_cancelled,     RETRYABLE,  CANCELED, true",
    "CANCELED,           CANCELLED, true,  Retry, batch_cancelled,     RETRYABLE,  CANCELED, true",
    "CANCELED,           COMPLETED, false, Retry, batch_cancelled,     RETRYABLE,  CANCELED, true",
    "ERRORED_UNCLEAR,    COMPLETED, true,  Fail,  server_error,        PROVIDER,   ERRORED,  false",
    "UNREADABLE,         COMPLETED, true,  Fail,  unreadable_response, PROVIDER,   ERRORED,  false"
  })
  void aLineWithoutAnswer(
      LineKind line,
      JobEnd.As as,
      boolean retryable,
      String decision,
      String code,
      FailureKind kind,
      Trouble.As outcome,
      boolean worthSending) {
    var end = new JobEnd(as, true, null, null, retryable);

    var decided = firstAttempt(Troubles.ofLine(line, "server_error", "said so", end));

    assertThat(decided.getClass().getSimpleName()).isEqualTo(decision);
    assertThat(decided.why().code()).isEqualTo(code);
    assertThat(decided.why().message()).isEqualTo("said so");
    assertThat(decided.why().kind()).isEqualTo(kind);
    assertThat(decided.why().as()).isEqualTo(outcome);
    assertThat(decided.why().worthSending()).isEqualTo(worthSending);
  }

  @ParameterizedTest
  @CsvSource({
    // job ended as, reached, code, retryable, gone, lists unexecuted | decision, code, kind,
    // outcome
    "COMPLETED, true,  ,                false, false, false, Fail,  missing_from_output, PROVIDER, "
        + " ERRORED",
    "COMPLETED, true,  ,                true,  false, true,  Fail,  missing_from_output, PROVIDER, "
        + " ERRORED",
    "COMPLETED, true,  ,                false, true,  false, Fail,  results_gone,        PROVIDER, "
        + " ERRORED",
    "EXPIRED,   true,  ,                false, false, false, Retry, batch_expired,       RETRYABLE,"
        + " EXPIRED",
    "EXPIRED,   true,  ,                false, false, true,  Fail,  missing_from_output, PROVIDER, "
        + " ERRORED",
    "EXPIRED,   true,  ,                false, true,  false, Fail,  results_gone,        PROVIDER, "
        + " ERRORED",
    "CANCELLED, true,  ,                false, false, false, Fail,  batch_cancelled,     RETRYABLE,"
        + " CANCELED",
    "CANCELLED, true,  ,                true,  false, false, Retry, batch_cancelled,     RETRYABLE,"
        + " CANCELED",
    "CANCELLED, true,  ,                true,  false, true,  Fail,  missing_from_output, PROVIDER, "
        + " ERRORED",
    "FAILED,    true,  ,                false, false, false, Fail,  batch_failed,        PROVIDER, "
        + " ERRORED",
    "FAILED,    true,  mismatched_model,false, false, false, Fail,  mismatched_model,   "
        + " YOUR_INPUT, ERRORED",
    "FAILED,    true,  job_overdue,     false, false, false, Fail,  job_overdue,         PROVIDER, "
        + " ERRORED",
    "FAILED,    false, create_in_doubt, false, false, false, Fail,  create_in_doubt,     PROVIDER, "
        + " REJECTED",
    "FAILED,    true,  server_error,    true,  false, false, Retry, server_error,        RETRYABLE,"
        + " ERRORED",
    "FAILED,    false, payload_expired, false, false, false, Fail,  payload_expired,     RETRYABLE,"
        + " REJECTED"
  })
  void noLine(
      JobEnd.As as,
      boolean reached,
      String jobCode,
      boolean retryable,
      boolean gone,
      boolean listsUnexecuted,
      String decision,
      String code,
      FailureKind kind,
      Trouble.As outcome) {
    var end = new JobEnd(as, reached, jobCode, null, retryable);

    var decided = firstAttempt(Troubles.ofMissing(end, gone, listsUnexecuted));

    assertThat(decided.getClass().getSimpleName()).isEqualTo(decision);
    assertThat(decided.why().code()).isEqualTo(code);
    assertThat(decided.why().kind()).isEqualTo(kind);
    assertThat(decided.why().as()).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource({
    "missing_required_parameter, true,  YOUR_INPUT, ERRORED,  false",
    "payload_expired,            false, RETRYABLE,  REJECTED, true"
  })
  void anInvalidLineIsNeverTriedAgainAsItIs(
      String code, boolean reached, FailureKind kind, Trouble.As outcome, boolean worthSending) {
    var end = new JobEnd(JobEnd.As.FAILED, reached, "batch_failed", "many", true);

    var trouble = Troubles.ofInvalidLine(code, "its own", end);

    assertThat(firstAttempt(trouble))
        .isEqualTo(
            new FailureDecision.Fail(
                new Trouble(code, "its own", kind, outcome, false, worthSending)));
  }

  @ParameterizedTest
  @CsvSource({
    "1, ,                     Retry, ''",
    "2, 2026-11-25T09:00:00Z, Retry, ''",
    "3, ,                     Fail,  ' (attempt 3 of 3, the last)'",
    "4, ,                     Fail,  ' (attempt 4 of 3, the last)'",
    "1, 2026-11-25T08:59:59Z, Fail,  ' (not tried again: its deadline 2026-11-25T08:59:59Z is too"
        + " near)'"
  })
  void triesAgainWhileAttemptsAndDeadlineAllow(
      int attempt, Instant deadline, String decision, String said) {
    var end = new JobEnd(JobEnd.As.EXPIRED, true, null, "late", false);

    var decided =
        new RetryRule(3, WINDOW, false)
            .decide(Troubles.ofMissing(end, false, false), attempt, deadline, NOW);

    assertThat(decided.getClass().getSimpleName()).isEqualTo(decision);
    assertThat(decided.why().message()).isEqualTo("late" + said);
    if (decided instanceof FailureDecision.Retry retry) {
      assertThat(retry.nextAttempt()).isEqualTo(attempt + 1);
    }
  }

  @Test
  void whatCanBeCalledSynchronouslyIsTriedAgainUntilItsDeadlineItself() {
    RetryRule rule = new RetryRule(3, WINDOW, true);
    Trouble expired =
        Troubles.ofMissing(new JobEnd(JobEnd.As.EXPIRED, true, null, "late", false), false, false);

    assertThat(rule.decide(expired, 1, NOW.plusSeconds(1), NOW))
        .isInstanceOf(FailureDecision.Retry.class);
    assertThat(rule.decide(expired, 1, NOW.minusSeconds(1), NOW))
        .isInstanceOf(FailureDecision.Fail.class);
  }

  private static FailureDecision firstAttempt(Trouble trouble) {
    return new RetryRule(3, WINDOW, false).decide(trouble, 1, null, NOW);
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "MISSING_FROM_OUTPUT",
        "UNREADABLE_RESPONSE",
        "UNCLEAR_RESULT",
        "EMPTY_RESPONSE",
        "PROMPT_BLOCKED",
        "UNPROCESSABLE_RECORD",
        "RESPONSE_TOO_LARGE",
        "RESULTS_GONE",
        "JOB_OVERDUE",
        "JOB_VANISHED",
        "CREATE_IN_DOUBT",
        "SYNC_IN_DOUBT"
      })
  void whatMayBePaidIsNotSaidToBeWorthSending(FailureCode code) {
    var end = new JobEnd(JobEnd.As.FAILED, true, code.id(), null, false);

    assertThat(code.isRetryable()).isFalse();
    assertThat(Troubles.ofMissing(end, false, false).worthSending()).isFalse();
    assertThat(Troubles.ofLostRequest(0, 1, true).worthSending()).isFalse();
    assertThat(Troubles.ofLostRequest(0, 1, false).worthSending()).isTrue();
  }

  @Test
  void aDeadlineThatIsOverIsNotWorthSendingAsItIs() {
    assertThat(Troubles.ofPassedDeadline(NOW).worthSending())
        .isEqualTo(FailureCode.DEADLINE_PASSED.isRetryable())
        .isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"ACCOUNT_PAUSED", "ACCOUNT_NOT_READY", "CONNECT_FAILED"})
  void whatTurnsASynchronousCallDownIsAsItsCodeSays(FailureCode code) {
    Trouble refused = Troubles.ofSyncRefused(code.id(), "no", NOW);

    assertThat(refused.kind()).isEqualTo(code.kind());
    assertThat(refused.worthSending()).isEqualTo(code.isRetryable()).isTrue();
  }

  @Test
  void aProvidersCodeThatIsSpelledLikeOneOfOursStaysTheProviders() {
    Trouble unclear =
        Troubles.ofLine(
            LineKind.ERRORED_UNCLEAR,
            FailureCode.TIMEOUT.id(),
            "it may have run",
            new JobEnd(JobEnd.As.COMPLETED, true, null, null, false));

    assertThat(unclear.kind()).isEqualTo(FailureKind.PROVIDER);
    assertThat(unclear.worthSending()).isFalse();
  }
}
