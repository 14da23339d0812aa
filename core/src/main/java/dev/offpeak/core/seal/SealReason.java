package dev.offpeak.core.seal;

/** Why a batch was sealed. */
public enum SealReason {
  /** No further request is allowed. */
  COUNT,
  /** The next request would pass the file size, or none could be small enough. */
  BYTES,
  /** The next request would pass the estimated tokens of the quota. */
  TOKENS,
  /** The next request would pass the number of embedding inputs. */
  INPUTS,
  /** Its first request has waited as long as a request may. */
  LINGER,
  /** The earliest deadline leaves just the provider's window and the margin. */
  DEADLINE,
  /** Someone asked. */
  FLUSH,
  /** Its requests were cancelled while they waited: no provider ever sees it. */
  CANCELLED
}
