package dev.offpeak.core.job.rule;

import dev.offpeak.core.job.Moment;
import dev.offpeak.core.provider.CreateRecovery;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.core.wait.Backoff;
import java.time.Duration;
import java.time.Instant;

/**
 * The numbers that the rules go by.
 *
 * @param recovery what can be found out after a create without an answer
 * @param settle longest time that a create without an answer may need to take effect
 * @param showing longest time that a job that was made may be missing from the provider's list
 * @param searchEvery time between two searches for an orphan
 * @param backoff after calls that failed
 * @param pace of looking at running jobs
 * @param mostAttempts uploads and creates of one batch before a passing failure of the whole job is
 *     taken for good
 * @param window the provider's completion window
 * @param vanishing how long a job may be unknown to its provider before that is believed
 * @param overdue how long after its window a job may still be running before it is cancelled, and
 *     after twice that given up
 */
public record JobPolicy(
    CreateRecovery recovery,
    Duration settle,
    Duration showing,
    Duration searchEvery,
    Backoff backoff,
    PollPace pace,
    int mostAttempts,
    Duration window,
    Duration vanishing,
    Duration overdue) {

  /**
   * When to try again what was refused: as long after it as the provider says, else longer each
   * time.
   *
   * @param inARow calls that have failed since the last success, 1 or more
   */
  Instant again(ProviderError why, int inARow, Moment at) {
    return at.now().plus(backoff.delay(Math.max(inARow - 1, 0), why.boundedAfter(), at.chance()));
  }
}
