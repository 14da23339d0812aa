package dev.offpeak.provider;

import dev.offpeak.core.lane.Provider;
import java.time.Duration;

/** Told of each call to a provider: the hook for metrics. */
@FunctionalInterface
public interface CallListener {

  /** Nobody listens. */
  CallListener NONE = (provider, account, operation, outcome, took) -> {};

  /**
   * A call has ended.
   *
   * @param operation such as {@code upload} or {@code get}
   * @param outcome the HTTP status, or our word for no answer such as {@code timeout}
   * @param took until the answer's head (or small body) was there
   */
  void called(Provider provider, String account, String operation, String outcome, Duration took);
}
