package dev.offpeak.submitter.account;

import dev.offpeak.core.job.Problem;
import dev.offpeak.core.limits.ProviderLimits;
import dev.offpeak.core.quota.QuotaUnit;
import dev.offpeak.provider.BatchProvider;
import dev.offpeak.submitter.batch.AccountFingerprint;

/** Whether, and by what, a job's account can be called. */
public sealed interface AccountUse {

  /**
   * It can.
   *
   * @param unit what its provider counts its queue in
   * @param mark what its jobs are marked with
   */
  record Usable(
      BatchProvider provider,
      ProviderLimits limits,
      QuotaUnit unit,
      AccountFingerprint mark,
      AccountGate gate)
      implements AccountUse {}

  /** It can't, and the job waits until the configuration is mended. */
  record Unusable(Problem problem) implements AccountUse {}
}
