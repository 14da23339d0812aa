package dev.offpeak.ledger.console;

import dev.offpeak.ledger.report.Request;
import org.jspecify.annotations.Nullable;

/** What a request asked and was answered, read where it stands: no database keeps it. */
public interface Answers {

  /**
   * The words of both.
   *
   * @param asked the request as it was sent; null when it is not kept any more
   * @param answered what the provider said; null when it said nothing, or it is not kept any more
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Words(byte @Nullable [] asked, byte @Nullable [] answered) {}

  /**
   * Reads them.
   *
   * @throws RuntimeException when they can't be read for now
   */
  Words of(Request request);
}
