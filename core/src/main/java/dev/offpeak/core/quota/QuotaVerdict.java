package dev.offpeak.core.quota;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether a batch may be submitted now. */
public sealed interface QuotaVerdict {

  /** It may. */
  record Go() implements QuotaVerdict {}

  /**
   * It may not.
   *
   * @param by the limit that holds it
   * @param used of the limit, without the batch
   * @param allowed by the limit, all in all
   * @param until when it is worth asking again; null when that depends on a job's end
   */
  record Held(QuotaLimit by, long used, long allowed, @Nullable Instant until)
      implements QuotaVerdict {}
}
