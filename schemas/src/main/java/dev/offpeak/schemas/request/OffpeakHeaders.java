package dev.offpeak.schemas.request;

/**
 * Names of the record headers that mean something to Offpeak. On a JSON record they say what the
 * fields of an Avro record say. Headers that do not begin with {@link #PREFIX} are the user's and
 * come back with the outcome unchanged.
 */
public final class OffpeakHeaders {

  /** All of Offpeak's headers begin so. */
  public static final String PREFIX = "offpeak-";

  /** Who pays; without it the tenant is {@link #DEFAULT_TENANT}. */
  public static final String TENANT = "offpeak-tenant";

  /** A label for the usage ledger; the label's name follows, such as {@code team}. */
  public static final String LABEL_PREFIX = "offpeak-label-";

  /** After this instant the caller has no use of the answer: ISO 8601, or epoch milliseconds. */
  public static final String DEADLINE = "offpeak-deadline";

  /** An account of the configuration; without it the model decides. */
  public static final String ACCOUNT = "offpeak-account";

  /** Set to have a request executed again on purpose within the dedup window. */
  public static final String REPLAY_ID = "offpeak-replay-id";

  /**
   * Of what a request that a replay has written is the repetition: topic-partition@offset. It is no
   * original: later replays pass it over.
   */
  public static final String REPLAY_OF = "offpeak-replay-of";

  /** The model of a Gemini line, which names none itself. */
  public static final String MODEL = "offpeak-model";

  /** In llm.lanes and llm.retries: the record key that the user gave; absent when it was null. */
  public static final String KEY = "offpeak-key";

  /**
   * In llm.lanes: the record time in llm.requests, in milliseconds since the epoch as eight bytes;
   * absent when the record has it itself.
   */
  public static final String ASKED_AT = "offpeak-asked-at";

  /**
   * Put on a record within the batcher when its key or value is larger than any may be, and only
   * the beginning was kept: how many bytes it had.
   */
  public static final String OVERSIZED = "offpeak-oversized";

  /** The tenant of a request that names none. */
  public static final String DEFAULT_TENANT = "default";

  private OffpeakHeaders() {}
}
