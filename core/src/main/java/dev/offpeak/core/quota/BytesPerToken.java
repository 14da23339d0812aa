package dev.offpeak.core.quota;

import org.jspecify.annotations.Nullable;

/**
 * How many bytes of a batch's input file make one input token of a model, learned from the usage
 * that the provider reports. Old reports fade: the sums are scaled down to a fixed weight, so that
 * about the last ten million tokens count. The estimate stays between {@value #LEAST} (short
 * requests that refer to images or files) and {@value #MOST} (images in line), so that a strange
 * report cannot open or close the quota altogether.
 *
 * @param bytes of the reports that count
 * @param tokens of the same reports
 */
public record BytesPerToken(double bytes, double tokens) {

  /** The smallest estimate. */
  public static final double LEAST = 0.25;

  /** The largest estimate. */
  public static final double MOST = 32;

  /** Four bytes a token, as sealing guesses, with the weight of a few hundred requests. */
  public static final BytesPerToken UNKNOWN = new BytesPerToken(400_000, 100_000);

  private static final double MOST_WEIGHT = 10_000_000;

  public BytesPerToken {
    if (!(bytes > 0 && tokens > 0 && Double.isFinite(bytes) && Double.isFinite(tokens))) {
      throw new IllegalArgumentException(
          bytes + " bytes for " + tokens + " tokens; both must be positive and finite");
    }
  }

  /** The sums as they were recorded; null when there was no report. */
  public static @Nullable BytesPerToken recorded(@Nullable Double bytes, @Nullable Double tokens) {
    return bytes == null || tokens == null ? null : new BytesPerToken(bytes, tokens);
  }

  /**
   * With one report more.
   *
   * @param reportedBytes of the lines that were executed, as they stood in the input file
   * @param reportedTokens input tokens of those lines, cached ones included; a report without
   *     either teaches nothing
   */
  public BytesPerToken reported(long reportedBytes, long reportedTokens) {
    if (reportedBytes <= 0 || reportedTokens <= 0) {
      return this;
    }
    double allBytes = bytes + reportedBytes;
    double allTokens = tokens + reportedTokens;
    double keep = Math.min(1, MOST_WEIGHT / allTokens);
    return new BytesPerToken(allBytes * keep, allTokens * keep);
  }

  /** The estimate, within its bounds. */
  public double ratio() {
    return Math.clamp(bytes / tokens, LEAST, MOST);
  }

  /** Tokens of that many bytes; at least 1. */
  public long tokensOf(long fileBytes) {
    return Math.max(1, (long) Math.ceil(fileBytes / ratio()));
  }
}
