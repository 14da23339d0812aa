package dev.offpeak.submitter.control;

import dev.offpeak.schemas.avro.ControlAction;
import dev.offpeak.schemas.avro.ControlRecord;
import dev.offpeak.submitter.batch.BatchPlace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for lately. A cancel counts for the batches that were sealed before it and a
 * settlement for the doubts that are older, so that reading them again after a restart does no
 * harm.
 */
public final class Wishes {

  private static final Duration REMEMBERED = Duration.ofDays(2);

  private final List<Cancel> cancels = new CopyOnWriteArrayList<>();
  private final Map<String, Settlement> settlements = new ConcurrentHashMap<>();
  private final AtomicInteger version = new AtomicInteger();

  /**
   * A doubt settled by hand.
   *
   * @param jobId the provider's job that is ours; null when there is none
   * @param issuedAt counts for doubts that are older
   */
  public record Settlement(@Nullable String jobId, Instant issuedAt) {}

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
   * Notes how a doubt is settled.
   *
   * @return whether it says so: it must name the batch, and to adopt also the provider's job
   */
  public boolean noteSettlement(ControlRecord wish) {
    String batchId = wish.getBatchId();
    boolean adopts = wish.getAction() == ControlAction.ADOPT;
    if (batchId == null || adopts == (wish.getProviderJobId() == null)) {
      return false;
    }
    forgetBefore(wish.getIssuedAt().minus(REMEMBERED));
    settlements.put(batchId, new Settlement(wish.getProviderJobId(), wish.getIssuedAt()));
    return true;
  }

  /**
   * Notes a cancel. One that names a tenant or a request is about requests that are not sealed yet,
   * which is the batcher's.
   *
   * @return whether it is about batches
   */
  public boolean noteCancel(ControlRecord wish) {
    boolean ofBatches = wish.getTenant() == null && wish.getCustomId() == null;
    if (ofBatches) {
      forgetBefore(wish.getIssuedAt().minus(REMEMBERED));
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

  /** How a person has settled the doubt about a batch, or nothing. */
  public Optional<Settlement> settlement(String batchId) {
    return Optional.ofNullable(settlements.get(batchId));
  }

  private void forgetBefore(Instant time) {
    cancels.removeIf(cancel -> cancel.issuedAt().isBefore(time));
    settlements.values().removeIf(settlement -> settlement.issuedAt().isBefore(time));
  }

  /** Whether the batch is to be cancelled. */
  public boolean cancels(BatchPlace place) {
    return cancels.stream().anyMatch(cancel -> cancel.isAbout(place));
  }
}
