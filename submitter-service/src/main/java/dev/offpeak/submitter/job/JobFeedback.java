package dev.offpeak.submitter.job;

import dev.offpeak.core.job.JobEvent;
import dev.offpeak.core.job.JobState;
import dev.offpeak.core.job.JobState.Creating;
import dev.offpeak.core.job.JobState.Ended;
import dev.offpeak.core.job.JobState.Quarantined;
import dev.offpeak.core.job.JobState.Sealed;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.core.provider.ProviderJob;
import dev.offpeak.submitter.batch.BatchPlace;
import dev.offpeak.submitter.ledger.KnownJob;
import dev.offpeak.submitter.metric.SubmitterMeters;
import org.jspecify.annotations.Nullable;

/** What others learn from what has happened to a job: its scope's quota, and the metrics. */
final class JobFeedback {

  private JobFeedback() {}

  /** What the scope's quota learns, before the batch may wait for it again. */
  static void ofQuota(JobEvent event, BatchPlace place, JobPartition home) {
    ProviderError why = error(event);
    if (why instanceof ProviderError.QuotaExceeded) {
      home.quotaRefused(place, why);
    }
    ProviderJob seen = seen(event);
    if (seen != null && isTaken(seen)) {
      home.quotaAccepted(place);
    }
  }

  /**
   * What is settled when a create is over, and recorded to be.
   *
   * @param before the state in which it happened
   * @param job as it is now
   */
  static void ofCreate(
      JobState before, JobEvent event, KnownJob job, JobPartition home, SubmitterMeters meters) {
    BatchPlace place = job.place();
    if (before instanceof Creating && !(job.state() instanceof Creating)) {
      // The end and the way back to sealed have settled it already: the batch may be at it again.
      if (!(job.state() instanceof Sealed) && !(job.state() instanceof Ended)) {
        home.createSettled(place);
      }
      if (event instanceof JobEvent.JobsSearched) {
        meters.doubtSettled(place.lane().account(), settled(job.state()));
      }
    }
  }

  private static String settled(JobState state) {
    return switch (state) {
      case Sealed _ -> "anew";
      case Quarantined _ -> "quarantined";
      default -> "adopted";
    };
  }

  private static boolean isTaken(ProviderJob job) {
    return switch (job.phase()) {
      case IN_PROGRESS, FINALIZING, COMPLETED, EXPIRED -> true;
      case VALIDATING, CANCELLING, CANCELLED, FAILED -> false;
    };
  }

  private static @Nullable ProviderError error(JobEvent event) {
    if (event instanceof JobEvent.CallFailed(_, ProviderError why, _)) {
      return why;
    }
    ProviderJob seen = seen(event);
    return seen == null ? null : seen.failure();
  }

  private static @Nullable ProviderJob seen(JobEvent event) {
    return switch (event) {
      case JobEvent.JobCreated(ProviderJob job) -> job;
      case JobEvent.JobSeen(ProviderJob job) -> job;
      case JobEvent.CancelAsked(ProviderJob job) -> job;
      default -> null;
    };
  }
}
