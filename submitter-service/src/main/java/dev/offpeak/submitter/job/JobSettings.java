package dev.offpeak.submitter.job;

import dev.offpeak.core.job.rule.JobPolicy;
import dev.offpeak.core.job.rule.PollPace;
import dev.offpeak.core.provider.CreateRecovery;
import dev.offpeak.core.wait.Backoff;
import dev.offpeak.submitter.account.AccountUse.Usable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The configured numbers that jobs go by.
 *
 * @param settle longest time that a create without an answer may need to take effect
 * @param showing longest time that a job may be missing from the provider's list; null for what the
 *     adapter says
 * @param searchEvery time between two searches for an orphan
 * @param backoff after calls that failed
 * @param pace of looking at running jobs
 * @param mostAttempts uploads and creates of one batch
 * @param vanishing how long a job may be unknown to its provider
 * @param overdue how long after its window a job is cancelled
 * @param lease how old an intent may be when it is acted on
 */
public record JobSettings(
    Duration settle,
    @Nullable Duration showing,
    Duration searchEvery,
    Backoff backoff,
    PollPace pace,
    int mostAttempts,
    Duration vanishing,
    Duration overdue,
    Duration lease) {

  /** With what the provider's adapter says. */
  JobPolicy policy(Usable account) {
    CreateRecovery recovery = account.provider().recovery();
    return new JobPolicy(
        recovery,
        settle,
        showing == null ? recovery.settling() : showing,
        searchEvery,
        backoff,
        pace,
        mostAttempts,
        account.limits().window(),
        vanishing,
        overdue);
  }
}
