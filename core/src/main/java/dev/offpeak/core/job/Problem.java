package dev.offpeak.core.job;

import dev.offpeak.core.provider.ProviderError;

/**
 * Why a job waits, has failed or is in doubt.
 *
 * @param code the provider's, or a word of ours
 * @param message for a person
 */
public record Problem(String code, String message) {

  /** An error in as many words as a job's record keeps. */
  public static Problem of(ProviderError error) {
    return new Problem(error.code(), error.message());
  }
}
