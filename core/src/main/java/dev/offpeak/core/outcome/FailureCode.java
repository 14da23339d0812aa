package dev.offpeak.core.outcome;

import static dev.offpeak.core.outcome.FailureKind.ACCOUNT;
import static dev.offpeak.core.outcome.FailureKind.PROVIDER;
import static dev.offpeak.core.outcome.FailureKind.RETRYABLE;
import static dev.offpeak.core.outcome.FailureKind.YOUR_INPUT;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Offpeak's own codes of failure, of which docs/failure-codes.md is made. A provider's code is
 * passed on as the provider spells it.
 */
public enum FailureCode {
  MALFORMED_RECORD(
      YOUR_INPUT,
      "The record is neither Avro nor one of the JSON line shapes.",
      "Broken JSON, another encoding, Avro without the wire format.",
      "Mend the line as the message says."),
  SCHEMA_UNAVAILABLE(
      RETRYABLE,
      "The registry does not give the schema that the record was written with.",
      "Another registry, or a schema that was deleted.",
      "Register the schema again, then 'offpeak retry-failures'."),
  INVALID_CUSTOM_ID(
      YOUR_INPUT,
      "The custom id is missing, empty, no string, or over 512 bytes of UTF-8.",
      "A line without \"custom_id\" or \"key\", or a number in it.",
      "Give each request an id of its own."),
  INVALID_FIELD(
      YOUR_INPUT,
      "A field or header has a value that Offpeak can't use.",
      "A deadline that is no instant, a version that is none, a label too long.",
      "Mend the field that the message names."),
  MISSING_MODEL(
      YOUR_INPUT,
      "No model is named.",
      "A body without \"model\"; a line of Gemini, whose batches name it apart.",
      "Name it in the body, the field or the header offpeak-model."),
  PROVIDER_NOT_CONFIGURED(
      ACCOUNT,
      "No account is configured of the provider whose shape the request has.",
      "An account is missing in the configuration of the batcher.",
      "Add an account of that provider, and send the request again."),
  UNKNOWN_MODEL(
      YOUR_INPUT,
      "No account that the tenant may use takes this model.",
      "A misspelt model, or one that no account's list of models has.",
      "Correct the name, or add it to accounts.NAME.models."),
  UNKNOWN_ACCOUNT(
      YOUR_INPUT,
      "The named account is not configured, or is another provider's.",
      "A wrong offpeak-account; an account that was taken out since.",
      "Name one that exists, or none."),
  UNSUPPORTED_ENDPOINT(
      YOUR_INPUT,
      "The url or method is not one that the provider's batch API takes.",
      "A url of another API, or a GET.",
      "Use an endpoint that docs/providers names, with POST."),
  UNSUPPORTED_PARAMETER(
      YOUR_INPUT,
      "The body has a parameter that batches refuse.",
      "\"stream\": true, or what the edition of the API does not take.",
      "Leave the parameter out."),
  REQUEST_TOO_LARGE(
      YOUR_INPUT,
      "The request alone is over the provider's limit or Offpeak's.",
      "More than limits.request-bytes, or than a file may have.",
      "Make it smaller, or raise limits.request-bytes everywhere."),
  DEADLINE_PASSED(
      YOUR_INPUT,
      "The deadline was over before the request could be sent.",
      "It came late, or waited for a pause or a quota.",
      "Send it with a later deadline, or none."),
  DEADLINE_TOO_NEAR(
      YOUR_INPUT,
      "The provider's window is longer than the time left until the deadline.",
      "Batches take up to a day, and batching.deadline-policy is not sync.",
      "Give it more time, or set the policy to sync."),
  CUSTOM_ID_CONFLICT(
      YOUR_INPUT,
      "The custom id was used for another body within the dedup window.",
      "Ids that begin anew with each file.",
      "Use unique ids; a replay id executes one again on purpose."),
  MISSING_FROM_OUTPUT(
      PROVIDER,
      "The provider's output has no line for this request.",
      "The provider lost it, or gave less than it counts.",
      "Look into the job; 'retry-failures --code' pays it again.",
      true),
  UNREADABLE_RESPONSE(
      PROVIDER,
      "The provider's line for this request can't be read.",
      "A line that is cut, or no JSON.",
      "Look into the job; 'retry-failures --code' pays it again.",
      true),
  UNCLEAR_RESULT(
      PROVIDER,
      "The provider's line does not say what became of the request.",
      "A status that nobody knows, or 0.",
      "Read response_body; 'retry-failures --code' pays it again.",
      true),
  EMPTY_RESPONSE(
      PROVIDER,
      "The provider calls the request done, and gives no answer.",
      "An answer without choices, content or output.",
      "Read response_body; 'retry-failures --code' pays it again.",
      true),
  PROMPT_BLOCKED(
      YOUR_INPUT,
      "The provider did not answer this prompt, and will not.",
      "Its own filter is against the prompt.",
      "Change the prompt.",
      true),
  UNPROCESSABLE_RECORD(
      PROVIDER,
      "A record can't be processed, for a reason that lies in the record.",
      "A foreign writer of Offpeak's topics, or a fault of Offpeak's.",
      "Report it with the message, unless the record is foreign.",
      true),
  RESPONSE_TOO_LARGE(
      PROVIDER,
      "The answer does not fit into a record of llm.results.",
      "It has more than limits.response-bytes.",
      "Fetch it from the job; raise the limit, and the topic's.",
      true),
  RESULTS_GONE(
      PROVIDER,
      "The provider no longer has the results.",
      "They were not fetched within its retention, or somebody deleted them.",
      "'retry-failures --code' pays it again.",
      true),
  RESULTS_UNDELIVERED(
      PROVIDER,
      "The provider has the results, and does not give them.",
      "Downloads failed until downloads.give-up-after.",
      "Fetch them by hand; 'retry-failures --code' pays it again.",
      true),
  PAYLOAD_EXPIRED(
      RETRYABLE,
      "The request expired from llm.lanes before it was submitted.",
      "It waited for longer than the topic's retention.",
      "Raise retention.ms of llm.lanes, and send it again."),
  BATCH_EXPIRED(
      RETRYABLE,
      "The provider's window ended before it executed the request.",
      "A busy provider; no attempt or no time was left.",
      "Send it again."),
  BATCH_CANCELLED(
      RETRYABLE,
      "The request or its batch was cancelled before it was executed.",
      "'offpeak cancel', or somebody at the provider.",
      "Send it again if it is wanted after all."),
  BATCH_FAILED(
      PROVIDER,
      "The job failed as a whole.",
      "The provider gives no reason, or took none of many creates.",
      "Look at the job at the provider, and send it again."),
  JOB_OVERDUE(
      PROVIDER,
      "The provider did not end the job, long after its window.",
      "A job that is stuck, or can't be looked at.",
      "Ask the provider; 'retry-failures --code' may pay it again.",
      true),
  JOB_VANISHED(
      PROVIDER,
      "The provider does not know the job any more.",
      "Somebody deleted it, or the key is of another project.",
      "Look there; 'retry-failures --code' may pay it again.",
      true),
  CREATE_IN_DOUBT(
      PROVIDER,
      "Nobody could find out whether the provider made the job.",
      "A create without an answer, and no way to search for it.",
      "'offpeak jobs adopt' or 'discard', see docs/never-twice.md.",
      true),
  SYNC_IN_DOUBT(
      PROVIDER,
      "Nobody knows what became of the synchronous call.",
      "The connection broke, or the process ended during the call.",
      "'retry-failures --code sync_in_doubt' may pay it again.",
      true),
  ACCOUNT_PAUSED(
      RETRYABLE,
      "The account was paused until the deadline of a synchronous call.",
      "An operator has paused it.",
      "'offpeak resume', then send it again."),
  ACCOUNT_NOT_READY(
      RETRYABLE,
      "The account of a synchronous call could not be used until its deadline.",
      "It is not configured in the results-service, or has no key.",
      "Configure it there, then send it again."),
  ACCOUNT_MISSING(
      RETRYABLE,
      "The batch's account is not in the submitter's configuration.",
      "It was taken out while batches waited for it.",
      "Configure it again, then send the request again."),
  ACCOUNT_WITHOUT_KEY(
      RETRYABLE,
      "The batch's account has no key in the submitter's configuration.",
      "accounts.NAME.api-key is not set.",
      "Set it, then send the request again."),
  ACCOUNT_CHANGED(
      RETRYABLE,
      "The job belongs to another account of the same name.",
      "Base URL or key identity were changed while it was under way.",
      "Configure the old one again, or give both one identity."),
  PAYLOAD_UNREADABLE(
      RETRYABLE,
      "Offpeak could not read the request when it was to be sent.",
      "Kafka or the registry was away.",
      "Send it again."),
  CONNECT_FAILED(
      RETRYABLE,
      "No connection to the provider could be made.",
      "A wrong base URL, a proxy, DNS, or the provider is away.",
      "Check the network, then send it again."),
  CONNECTION_BROKEN(
      RETRYABLE,
      "The connection broke, and no upload or create took effect.",
      "The network, or the provider.",
      "Send it again."),
  TIMEOUT(
      RETRYABLE,
      "The provider did not answer in time, and nothing took effect.",
      "A slow provider, or a proxy on the way.",
      "Send it again."),
  CALL_FAILED(
      RETRYABLE,
      "A call to the provider failed for a reason that nobody foresaw.",
      "The message holds the exception.",
      "Send it again; report it when it comes again."),
  INTERRUPTED(
      RETRYABLE,
      "Offpeak was stopped during its last try.",
      "The service was stopped.",
      "Send it again."),
  UNREADABLE_ANSWER(
      RETRYABLE,
      "The provider answered with something that is none of its API.",
      "A proxy's page, a wrong base URL, an answer about something else.",
      "Check the base URL, then send it again."),
  ANSWER_TOO_LARGE(
      RETRYABLE,
      "An answer that should be small was over 16 MiB.",
      "A proxy, or a wrong base URL.",
      "Check the base URL, then send it again."),
  COMPRESSED_ANSWER(
      RETRYABLE,
      "The answer was compressed, which was not asked for.",
      "A proxy on the way.",
      "Switch it off there, then send it again."),
  REDIRECTED(
      RETRYABLE,
      "The provider sent the call to another address, which is not followed.",
      "The API has moved, or a proxy wants a login.",
      "Set accounts.NAME.base-url, then send it again."),
  FOREIGN_ADDRESS(
      RETRYABLE,
      "The upload was to go to another server, which would get the requests.",
      "A gateway that passes on its provider's address.",
      "Set accounts.NAME.base-url to where uploads go."),
  UPLOAD_INCOMPLETE(
      RETRYABLE,
      "The provider has the input file in another size than was sent.",
      "A proxy that cuts, or changes, what goes through it.",
      "Check what is on the way, then send it again."),
  UPLOAD_LOST(
      RETRYABLE,
      "The provider lost parts of the upload again and again.",
      "The provider's upload session.",
      "Send it again."),
  UPLOAD_STATUS_MISSING(
      RETRYABLE,
      "The upload was answered without its status.",
      "A proxy that drops headers.",
      "Check what is on the way, then send it again."),
  UPLOAD_WITHOUT_FILE(
      RETRYABLE,
      "The upload ended, but the provider did not name the file.",
      "The provider (python-genai#1248).",
      "Send it again."),
  FILE_FAILED(
      RETRYABLE,
      "The provider could not read the input file, again and again.",
      "The provider, or a proxy that changes the file.",
      "Send it again."),
  FILE_NOT_READY(
      RETRYABLE,
      "The provider did not come to an end with reading the input file.",
      "A busy provider.",
      "Send it again."),
  FILE_GONE(
      RETRYABLE,
      "The provider no longer had the input file, again and again.",
      "Somebody deletes files, or they expire before their create.",
      "Find out who deletes, then send it again.");

  private final FailureKind kind;
  private final String meaning;
  private final String cause;
  private final String remedy;
  private final boolean mayBePaid;

  FailureCode(FailureKind kind, String meaning, String cause, String remedy) {
    this(kind, meaning, cause, remedy, false);
  }

  FailureCode(FailureKind kind, String meaning, String cause, String remedy, boolean mayBePaid) {
    this.kind = kind;
    this.meaning = meaning;
    this.cause = cause;
    this.remedy = remedy;
    this.mayBePaid = mayBePaid;
  }

  /** The constant of a code as records have it; empty for a provider's. */
  public static Optional<FailureCode> of(String id) {
    return Stream.of(values()).filter(code -> code.id().equals(id)).findFirst();
  }

  /** The code in records and logs: lower case. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Who can do something about it. */
  public FailureKind kind() {
    return kind;
  }

  /** What has happened. */
  public String meaning() {
    return meaning;
  }

  /** What usually lies behind it. */
  public String cause() {
    return cause;
  }

  /** What to do about it. */
  public String remedy() {
    return remedy;
  }

  /** Whether the provider may have executed the request, and billed it. */
  public boolean mayBePaid() {
    return mayBePaid;
  }

  /**
   * Whether sending the request again as it is may succeed, and is a plain matter. It is not where
   * it may have been paid for: that is for somebody to decide who knows.
   */
  public boolean isRetryable() {
    return !mayBePaid && (kind == RETRYABLE || kind == PROVIDER);
  }
}
