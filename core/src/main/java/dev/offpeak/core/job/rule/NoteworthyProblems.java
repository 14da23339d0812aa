package dev.offpeak.core.job.rule;

import dev.offpeak.core.job.Problem;
import dev.offpeak.core.provider.ProviderError;
import org.jspecify.annotations.Nullable;

/** Which problems are worth a record. */
final class NoteworthyProblems {

  private NoteworthyProblems() {}

  /** Whether a job's record should say so: one record for each new kind of trouble. */
  static boolean changes(@Nullable Problem noted, ProviderError why) {
    return noted == null || !noted.code().equals(why.code());
  }
}
