package dev.offpeak.simulator.openai.webhook;

import java.util.Set;

/** Types of event that an endpoint may ask for; the simulator tells of batches only. */
final class EventTypes {
  static final Set<String> ALL =
      Set.of(
          "batch.cancelled",
          "batch.completed",
          "batch.expired",
          "batch.failed",
          "eval.run.canceled",
          "eval.run.failed",
          "eval.run.succeeded",
          "fine_tuning.job.cancelled",
          "fine_tuning.job.failed",
          "fine_tuning.job.succeeded",
          "live.call.incoming",
          "realtime.call.incoming",
          "response.cancelled",
          "response.completed",
          "response.failed",
          "response.incomplete");

  private EventTypes() {}
}
