package dev.offpeak.submitter.control;

import dev.offpeak.schemas.avro.ControlAction;
import dev.offpeak.schemas.avro.ControlRecord;
import dev.offpeak.submitter.batch.BatchPlace;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The cancels that were asked for lately. One counts for the batches that were sealed before it, so
 * that reading it again after a restart does no harm.
 */
public final class Wishes {

  private final List<Cancel> cancels = new CopyOnWriteArrayList<>();
  private final AtomicInteger version = new AtomicInteger();

  private record Cancel(
      @Nullable String batchId, @Nullable String lane, @Nullable String account, Instant issuedAt) {

    boolean isAbout(BatchPlace place) {
      return (batchId == null || batchId.equals(place.batchId()))
          && (lane == null || lane.equals(place.lane().id()))
          && (account == null || account.equals(place.lane().account()))
          && !place.sealedAt().isAfter(issuedAt);
    }
  }

  /**
   * Notes a cancel. One that names a tenant or a request is about requests that are not sealed yet,
   * which is the batcher's.
   *
   * @return whether it is about batches
   */
  public boolean note(ControlRecord wish) {
    boolean ofBatches =
        wish.getAction() == ControlAction.CANCEL
            && wish.getTenant() == null
            && wish.getCustomId() == null;
    if (ofBatches) {
      cancels.add(
          new Cancel(wish.getBatchId(), wish.getLane(), wish.getAccount(), wish.getIssuedAt()));
      version.incrementAndGet();
    }
    return ofBatches;
  }

  /** Another number after each cancel. */
  public int version() {
    return version.get();
  }

  /** Forgets what was asked for before that time. */
  public void forgetBefore(Instant time) {
    cancels.removeIf(cancel -> cancel.issuedAt().isBefore(time));
  }

  /** Whether the batch is to be cancelled. */
  public boolean cancels(BatchPlace place) {
    return cancels.stream().anyMatch(cancel -> cancel.isAbout(place));
  }
}
