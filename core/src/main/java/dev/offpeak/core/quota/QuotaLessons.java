package dev.offpeak.core.quota;

import org.jspecify.annotations.Nullable;

/**
 * What a provider has taught us of one quota scope.
 *
 * @param limit from its refusals
 * @param bytesPerToken from the usage that it reported; null before the first report
 */
public record QuotaLessons(LearnedLimit limit, @Nullable BytesPerToken bytesPerToken) {

  /** Nothing yet. */
  public static final QuotaLessons NONE = new QuotaLessons(LearnedLimit.NONE, null);

  /** With another limit. */
  public QuotaLessons with(LearnedLimit other) {
    return new QuotaLessons(other, bytesPerToken);
  }

  /** After so many bytes of input files were reported to have had so many tokens. */
  public QuotaLessons reported(long bytes, long tokens) {
    BytesPerToken before = bytesPerToken == null ? BytesPerToken.UNKNOWN : bytesPerToken;
    return new QuotaLessons(limit, before.reported(bytes, tokens));
  }
}
