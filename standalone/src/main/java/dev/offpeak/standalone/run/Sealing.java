package dev.offpeak.standalone.run;

import dev.offpeak.schemas.avro.ControlAction;
import dev.offpeak.standalone.node.NodeClients;
import dev.offpeak.standalone.report.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;

/**
 * Has the last batches sealed when everything is read, so that they do not wait for linger, and all
 * batches cancelled when that was asked for.
 */
final class Sealing {

  private static final Duration BETWEEN_FLUSHES = Duration.ofSeconds(1);
  private static final Duration BETWEEN_CANCELS = Duration.ofSeconds(30);

  /** A cancel counts for what was sealed before it, so one is dated ahead of what is to come. */
  private static final Duration AHEAD = BETWEEN_CANCELS.multipliedBy(2);

  private final NodeClients clients;
  private final BatcherLag lag;
  private final boolean cancel;
  private final Clock clock;
  private Instant nextFlush = Instant.MIN;
  private Instant nextCancel = Instant.MIN;

  /**
   * Control over those clients.
   *
   * @param cancel whether every batch is to be cancelled
   */
  Sealing(NodeClients clients, BatcherLag lag, boolean cancel, Clock clock) {
    this.clients = clients;
    this.lag = lag;
    this.cancel = cancel;
    this.clock = clock;
  }

  /** Does what is due where the run stands. */
  void attend(Progress progress) throws InterruptedException, ExecutionException {
    Instant now = clock.instant();
    if (cancel && !progress.finished() && !now.isBefore(nextCancel)) {
      clients.control(ControlAction.CANCEL, now.plus(AHEAD));
      nextCancel = now.plus(BETWEEN_CANCELS);
    }
    // Retries come back to the open batches later, so the first flush is not the last.
    boolean unsealed = progress.allRead() && progress.hasUnsealed();
    if (unsealed && !now.isBefore(nextFlush) && lag.isZero()) {
      clients.control(ControlAction.FLUSH, now);
      nextFlush = now.plus(BETWEEN_FLUSHES);
    }
  }
}
