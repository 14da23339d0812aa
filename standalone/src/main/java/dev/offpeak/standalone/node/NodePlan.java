package dev.offpeak.standalone.node;

import dev.offpeak.batcher.admit.DeadlinePolicy;
import dev.offpeak.ingest.config.ListenConfig;
import dev.offpeak.ledger.config.ConsoleConfig;
import dev.offpeak.runtime.config.ByteSize;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a node works.
 *
 * @param deadlines what becomes of requests whose deadline no batch can keep
 * @param requestLimit the largest request
 * @param linger longest time that a request waits in an open batch
 * @param stays whether it is an installation that stays, and its topics keep what they keep
 *     anywhere; those of a run, which may be gone on with at any time, keep everything
 * @param kafkaPort where its broker listens; 0 is any free port
 * @param gateway where requests are taken over HTTP; null is nowhere
 * @param console where the ledger shows what was spent and saved; null is without a ledger
 */
public record NodePlan(
    DeadlinePolicy deadlines,
    ByteSize requestLimit,
    Duration linger,
    boolean stays,
    int kafkaPort,
    @Nullable ListenConfig gateway,
    @Nullable ConsoleConfig console) {

  /** A run seals when it has read everything and says so. */
  private static final Duration OF_A_RUN = Duration.ofDays(1);

  /** For one run, which may be gone on with at any time. */
  public static NodePlan ofRun(DeadlinePolicy deadlines, ByteSize requestLimit) {
    return new NodePlan(deadlines, requestLimit, OF_A_RUN, false, 0, null, null);
  }

  /** For an installation that stays, and takes requests there. */
  public static NodePlan thatStays(
      ListenConfig gateway, ConsoleConfig console, Duration linger, int kafkaPort) {
    return new NodePlan(
        DeadlinePolicy.FAIL, ByteSize.parse("8MiB"), linger, true, kafkaPort, gateway, console);
  }
}
