package dev.offpeak.results.config;

import dev.offpeak.runtime.config.Default;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How results are fetched from providers.
 *
 * @param folder where results lie until they are published, on a disk with room for {@code
 *     concurrent} result files; absent takes the system's temporary folder. Nothing in it is needed
 *     after a restart
 * @param concurrent jobs whose results may lie there at the same time
 * @param firstRetry the ceiling of the wait after a first failure; it doubles with each further one
 * @param longestRetry the ceiling of all waits
 * @param waitForMissing how long lines are waited for that an ended job's results lack: it is
 *     fetched up to five times, with growing waits, before what is missing is believed to be
 * @param giveUpAfter how long after its end a job's results are tried for that the provider does
 *     not deliver, because it fails or breaks off each time: then what has come is published, and
 *     the other requests fail
 * @param deleteProviderFiles whether input and result files are deleted at the provider when all
 *     outcomes are published; otherwise they stay until the provider lets them expire
 */
public record DownloadsConfig(
    @Nullable Path folder,
    @Default("4") int concurrent,
    @Default("1s") Duration firstRetry,
    @Default("1m") Duration longestRetry,
    @Default("5m") Duration waitForMissing,
    @Default("24h") Duration giveUpAfter,
    @Default("false") boolean deleteProviderFiles) {

  public DownloadsConfig {
    if (concurrent < 1) {
      throw new IllegalArgumentException("concurrent is " + concurrent + "; it must be 1 or more");
    }
    RetryWaits.check(firstRetry, longestRetry);
    if (waitForMissing.isNegative()) {
      throw new IllegalArgumentException(
          "wait-for-missing is " + waitForMissing + "; it can't be negative");
    }
    if (giveUpAfter.isNegative()) {
      throw new IllegalArgumentException(
          "give-up-after is " + giveUpAfter + "; it can't be negative");
    }
  }

  /** Where results lie. */
  public Path effectiveFolder() {
    return folder == null ? Path.of(System.getProperty("java.io.tmpdir"), "offpeak") : folder;
  }
}
