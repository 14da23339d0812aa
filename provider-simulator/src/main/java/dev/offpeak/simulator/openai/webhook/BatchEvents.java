package dev.offpeak.simulator.openai.webhook;

import dev.offpeak.simulator.job.Job;
import dev.offpeak.simulator.job.JobState;
import dev.offpeak.simulator.openai.batch.BatchOrder;
import dev.offpeak.simulator.store.Ids;
import dev.offpeak.simulator.time.SimClock;
import dev.offpeak.simulator.webhook.Courier;
import java.util.Optional;

/** Tells of batches that have ended. */
public final class BatchEvents {
  private final Courier courier;
  private final SimClock clock;

  /** Tells by the given courier. */
  public BatchEvents(Courier courier, SimClock clock) {
    this.courier = courier;
    this.clock = clock;
  }

  /** To be called when a batch has entered its last state. */
  public void ended(Job<BatchOrder> job) {
    type(job.state())
        .ifPresent(
            type ->
                courier.tell(
                    job.owner(),
                    EventJson.event(
                        Ids.derived("evt_", job.id()), type, job.id(), clock.seconds())));
  }

  private static Optional<String> type(JobState state) {
    return switch (state) {
      case COMPLETED -> Optional.of("batch.completed");
      case FAILED -> Optional.of("batch.failed");
      case EXPIRED -> Optional.of("batch.expired");
      case CANCELLED -> Optional.of("batch.cancelled");
      case VALIDATING, RUNNING, FINALIZING, CANCELLING -> Optional.empty();
    };
  }
}
