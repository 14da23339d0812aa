package dev.offpeak.simulator.openai;

import java.util.Locale;

/** The states of a batch. */
enum BatchStatus {
  VALIDATING,
  FAILED,
  IN_PROGRESS,
  FINALIZING,
  COMPLETED,
  EXPIRED,
  CANCELLING,
  CANCELLED;

  /** Whether the batch stays in this state. */
  boolean terminal() {
    return this == FAILED || this == COMPLETED || this == EXPIRED || this == CANCELLED;
  }

  /** The name in JSON. */
  String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
