package dev.offpeak.simulator.openai.batch;

import dev.offpeak.simulator.job.JobState;

/** OpenAI's names of the states of a batch. */
final class BatchStatus {
  private BatchStatus() {}

  /** The name in JSON. */
  static String of(JobState state) {
    return switch (state) {
      case VALIDATING -> "validating";
      case RUNNING -> "in_progress";
      case FINALIZING -> "finalizing";
      case CANCELLING -> "cancelling";
      case COMPLETED -> "completed";
      case FAILED -> "failed";
      case EXPIRED -> "expired";
      case CANCELLED -> "cancelled";
    };
  }
}
