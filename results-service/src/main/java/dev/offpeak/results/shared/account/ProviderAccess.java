package dev.offpeak.results.shared.account;

import dev.offpeak.core.wait.RetryLater;
import dev.offpeak.provider.BatchProvider;
import dev.offpeak.schemas.avro.JobEnded;
import java.time.Duration;

/** The accounts whose results can be fetched. */
public interface ProviderAccess {

  /**
   * The account that a job belongs to.
   *
   * @throws RetryLater when it is not configured, has no key, or is another one by now
   */
  BatchProvider of(JobEnded job) throws RetryLater;

  /** The completion window of that account, or the usual one when it is not configured. */
  Duration window(String account);
}
