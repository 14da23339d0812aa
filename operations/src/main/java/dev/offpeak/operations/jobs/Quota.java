package dev.offpeak.operations.jobs;

import dev.offpeak.core.lane.QuotaScope;
import dev.offpeak.core.quota.BytesPerToken;
import dev.offpeak.core.quota.QuotaUnit;
import dev.offpeak.provider.account.ProviderProfile;
import dev.offpeak.provider.adapter.BuiltInProviders;
import dev.offpeak.schemas.avro.JobRecord;
import dev.offpeak.schemas.avro.JobStateName;
import dev.offpeak.schemas.avro.QuotaRecord;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * How much of a quota scope is used, and what its provider has taught us of it.
 *
 * @param scope whose
 * @param unit what limit and use are counted in
 * @param inFlight of jobs that are being submitted or at the provider
 * @param waiting of batches that wait for their turn
 * @param lessons null when the provider has taught nothing
 */
record Quota(
    QuotaScope scope, QuotaUnit unit, long inFlight, long waiting, @Nullable QuotaRecord lessons) {

  /**
   * The quota of a scope.
   *
   * @param jobs of that scope; those that have ended do not count
   */
  static Quota of(QuotaScope scope, Collection<JobRecord> jobs, @Nullable QuotaRecord lessons) {
    QuotaUnit unit = unit(scope, lessons);
    BytesPerToken bytes = reported(lessons);
    long inFlight = 0;
    long waiting = 0;
    for (JobRecord job : jobs) {
      long size =
          unit == QuotaUnit.REQUESTS
              ? job.getRequests()
              // As the submitter counts it.
              : bytes == null ? job.getEstimatedTokens() : bytes.tokensOf(job.getBytes());
      if (job.getState() == JobStateName.SEALED) {
        waiting += size;
      } else if (job.getState() != JobStateName.ENDED) {
        inFlight += size;
      }
    }
    return new Quota(scope, unit, inFlight, waiting, lessons);
  }

  /** As the submitter counts; a provider that only it knows shows with its first lesson. */
  private static QuotaUnit unit(QuotaScope scope, @Nullable QuotaRecord lessons) {
    return lessons != null
        ? QuotaUnit.valueOf(lessons.getUnit().name())
        : BuiltInProviders.PROFILES
            .find(scope.provider())
            .map(ProviderProfile::quotaUnit)
            .orElse(QuotaUnit.TOKENS);
  }

  private static @Nullable BytesPerToken reported(@Nullable QuotaRecord lessons) {
    return lessons == null
        ? null
        : BytesPerToken.recorded(lessons.getReportedBytes(), lessons.getReportedTokens());
  }

  /** Bytes of an input file that make one token, or null when no usage was reported. */
  @Nullable Double bytesPerToken() {
    BytesPerToken bytes = reported(lessons);
    return bytes == null ? null : bytes.ratio();
  }

  /** In flight at most: the smaller of what is configured and what was learned; null for none. */
  @Nullable Long limit() {
    Long configured = lessons == null ? null : lessons.getConfiguredLimit();
    Long learned = lessons == null ? null : lessons.getLearnedLimit();
    if (configured == null || learned == null) {
      return configured == null ? learned : configured;
    }
    return Math.min(configured, learned);
  }
}
