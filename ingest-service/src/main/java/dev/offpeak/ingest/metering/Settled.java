package dev.offpeak.ingest.metering;

import org.jspecify.annotations.Nullable;

/** Told what a call came to, once. */
@FunctionalInterface
public interface Settled {

  /**
   * The answer is over.
   *
   * @param inputTokens that it had; null when that is not known
   * @param pico what it cost, in 10^-12 USD; null when that is not known
   */
  void settle(@Nullable Long inputTokens, @Nullable Long pico);
}
