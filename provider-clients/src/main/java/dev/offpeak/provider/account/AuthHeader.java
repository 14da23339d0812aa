package dev.offpeak.provider.account;

/** How a key is sent. */
public enum AuthHeader {
  /** {@code Authorization: Bearer …}. */
  BEARER,
  /** The provider's own: {@code x-api-key}, {@code x-goog-api-key}, or Azure's {@code api-key}. */
  API_KEY
}
