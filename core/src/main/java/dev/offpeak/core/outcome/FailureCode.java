package dev.offpeak.core.outcome;

import static dev.offpeak.core.outcome.FailureKind.ACCOUNT;
import static dev.offpeak.core.outcome.FailureKind.PROVIDER;
import static dev.offpeak.core.outcome.FailureKind.RETRYABLE;
import static dev.offpeak.core.outcome.FailureKind.YOUR_INPUT;

import java.util.Locale;

/** Offpeak's own codes of failure. A provider's code is passed on as the provider spells it. */
public enum FailureCode {
  /** The record is neither Avro nor one of the three JSON line shapes. */
  MALFORMED_RECORD(YOUR_INPUT),
  /** The registry answers, but not for the schema that the record was written with. */
  SCHEMA_UNAVAILABLE(RETRYABLE),
  /** The custom id is missing, empty, not a string, or over 512 bytes of UTF-8. */
  INVALID_CUSTOM_ID(YOUR_INPUT),
  /** A field has a value that Offpeak can't use, such as a deadline that is no instant. */
  INVALID_FIELD(YOUR_INPUT),
  /** No model is named. */
  MISSING_MODEL(YOUR_INPUT),
  /** The configuration has no account at all of the provider whose shape the request has. */
  PROVIDER_NOT_CONFIGURED(ACCOUNT),
  /** No account of the configuration takes this model. */
  UNKNOWN_MODEL(YOUR_INPUT),
  /** The named account is not in the configuration, or is another provider's. */
  UNKNOWN_ACCOUNT(YOUR_INPUT),
  /** The url or method is not one that the provider's batch API takes. */
  UNSUPPORTED_ENDPOINT(YOUR_INPUT),
  /** The body has a parameter that batches refuse, such as {@code "stream": true}. */
  UNSUPPORTED_PARAMETER(YOUR_INPUT),
  /** The request alone is over the provider's or Offpeak's limit. */
  REQUEST_TOO_LARGE(YOUR_INPUT),
  /** The deadline was over on arrival. */
  DEADLINE_PASSED(YOUR_INPUT),
  /** The provider's window is longer than the time left until the deadline. */
  DEADLINE_TOO_NEAR(YOUR_INPUT),
  /** Another request with this custom id and another body was admitted within the dedup window. */
  CUSTOM_ID_CONFLICT(YOUR_INPUT),
  /** The provider's output has no line for this request. */
  MISSING_FROM_OUTPUT(PROVIDER, true),
  /** The provider's line for this request can't be read. */
  UNREADABLE_RESPONSE(PROVIDER, true),
  /** The provider's line for this request can be read, and does not say what became of it. */
  UNCLEAR_RESULT(PROVIDER, true),
  /** The provider calls the request done, and there is no answer in what it gives. */
  EMPTY_RESPONSE(PROVIDER, true),
  /** The provider did not answer this prompt, and will not: its own filter is against it. */
  PROMPT_BLOCKED(YOUR_INPUT, true),
  /** A record can't be processed, for a reason that lies in the record. */
  UNPROCESSABLE_RECORD(PROVIDER, true),
  /** The answer does not fit into a record of llm.results. */
  RESPONSE_TOO_LARGE(PROVIDER, true),
  /** The results were not fetched within the provider's retention. */
  RESULTS_GONE(PROVIDER, true),
  /** The provider has the results, and did not give them for as long as it was asked. */
  RESULTS_UNDELIVERED(PROVIDER, true),
  /** The payload expired in llm.lanes before it was submitted. */
  PAYLOAD_EXPIRED(RETRYABLE),
  /** The provider's window ended before the request was executed, and no attempt is left. */
  BATCH_EXPIRED(RETRYABLE),
  /** The request or its batch was cancelled before the request was executed. */
  BATCH_CANCELLED(RETRYABLE),
  /** The job failed as a whole. */
  BATCH_FAILED(PROVIDER),
  /** The provider did not end the job, long after its window; it may have been executed. */
  JOB_OVERDUE(PROVIDER, true),
  /** The provider does not know the job any more; it may have been executed. */
  JOB_VANISHED(PROVIDER, true),
  /** Nobody could find out whether there is a job; it may have been executed. */
  CREATE_IN_DOUBT(PROVIDER, true),
  /** Nobody knows what became of the synchronous call; it may have been executed. */
  SYNC_IN_DOUBT(PROVIDER, true);

  private final FailureKind kind;
  private final boolean mayBePaid;

  FailureCode(FailureKind kind) {
    this(kind, false);
  }

  FailureCode(FailureKind kind, boolean mayBePaid) {
    this.kind = kind;
    this.mayBePaid = mayBePaid;
  }

  /** The code in records and logs: lower case. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Who can do something about it. */
  public FailureKind kind() {
    return kind;
  }

  /**
   * Whether sending the request again as it is is a plain matter. It is not where it may have been
   * paid for: that is for somebody to decide who knows.
   */
  public boolean isWorthSending() {
    return !mayBePaid;
  }
}
