package dev.offpeak.provider;

/**
 * A provider's synchronous API as one account sees it, at the full price. A call blocks until the
 * answer is whole (run it on a virtual thread), is sent once, and never throws for what a provider
 * may do: no provider takes an idempotency key, so whether to call again is the caller's to decide.
 */
public interface SyncProvider {

  /** Executes a request. Costs money; never retried here. */
  SyncAnswer call(SyncCall request);
}
