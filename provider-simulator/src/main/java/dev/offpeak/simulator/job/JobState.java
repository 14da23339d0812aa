package dev.offpeak.simulator.job;

/** The states of a job. Each provider shows them under names of its own, and not all of them. */
public enum JobState {
  VALIDATING,
  RUNNING,
  FINALIZING,
  CANCELLING,
  COMPLETED,
  FAILED,
  EXPIRED,
  CANCELLED;

  /** Whether the job stays in this state. */
  public boolean terminal() {
    return this == COMPLETED || this == FAILED || this == EXPIRED || this == CANCELLED;
  }

  /** Whether this is the state in which a script wants a job to be stuck. */
  public boolean isCalled(String name) {
    return switch (name) {
      case "validating", "pending" -> this == VALIDATING;
      case "running", "in_progress" -> this == RUNNING;
      case "finalizing" -> this == FINALIZING;
      case "cancelling", "canceling" -> this == CANCELLING;
      default -> false;
    };
  }
}
