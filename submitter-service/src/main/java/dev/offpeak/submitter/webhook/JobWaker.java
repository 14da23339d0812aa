package dev.offpeak.submitter.webhook;

/** Lets a provider's job be looked at now. */
@FunctionalInterface
public interface JobWaker {

  /**
   * There is news of the job. Returns at once; does nothing when this instance does not watch it.
   *
   * @param account name of the account that the webhook came for
   * @param providerJobId the provider's id of the job
   */
  void wake(String account, String providerJobId);
}
