package dev.offpeak.core.seal;

/**
 * Input tokens guessed from bytes, before a provider has counted any. Four bytes a token is the
 * providers' own rule of thumb for English text; the JSON around the text makes it err upwards.
 */
public final class TokenEstimate {

  private static final int BYTES_PER_TOKEN = 4;

  private TokenEstimate() {}

  /** Tokens of a compacted body of that many bytes; at least 1. */
  public static long ofBytes(int compactLength) {
    return Math.max(1, ((long) compactLength + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN);
  }
}
