package dev.offpeak.batcher.stage;

import dev.offpeak.batcher.state.OpenBatches;
import dev.offpeak.batcher.state.OpenLane;
import dev.offpeak.batcher.state.SeenRequests;
import dev.offpeak.batcher.state.SeenRequests.Asked;
import dev.offpeak.batcher.state.SeenRequests.Seen;
import dev.offpeak.batcher.wire.LaneView;
import dev.offpeak.core.control.ControlCommand.CancelRequests;
import dev.offpeak.core.control.ControlState;
import dev.offpeak.core.seal.BatchLimits;
import dev.offpeak.core.seal.Candidate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries cancels out in one task: says which arriving requests are cancelled, and takes those out
 * that wait in open batches. Which cancels were applied to open batches is not kept: after a
 * restart they are applied again and find nothing. Not thread-safe.
 */
final class Cancellation {

  private final ControlState control;
  private final SeenRequests seen;
  private final OpenBatches open;

  /** The cancels that this task has looked at. */
  private final ControlState known = new ControlState();

  private final List<CancelRequests> pending = new ArrayList<>();
  private long version;

  Cancellation(ControlState control, SeenRequests seen, OpenBatches open) {
    this.control = control;
    this.seen = seen;
    this.open = open;
    readNews();
  }

  /**
   * When a request that arrives was cancelled; null when it was not. Costs nothing while there are
   * no cancels: news is read with {@link #takePending}, which then finds the request in its open
   * batch.
   *
   * @param askedAt when it was asked for, in milliseconds since the epoch
   */
  @Nullable Instant of(LaneView request, long askedAt) {
    return known.version() == 0
        ? null
        : known.cancelledAt(
            request.tenant().toString(),
            request.replayId().toString(),
            request.customId().toString(),
            Instant.ofEpochMilli(askedAt));
  }

  /** Cancels that were not applied to the open batches before; they are meant to be now. */
  List<CancelRequests> takePending() {
    readNews();
    List<CancelRequests> taken = List.copyOf(pending);
    pending.clear();
    return taken;
  }

  /**
   * Takes the requests that these cancels are about out of a lane's open batch.
   *
   * @return what was taken out, by offset in llm.lanes
   */
  SortedMap<Long, Candidate> takeOut(
      OpenLane lane, BatchLimits limits, List<CancelRequests> cancels) {
    SortedMap<Long, Candidate> members = new TreeMap<>();
    long[] offsets = open.offsets(lane);
    for (CancelRequests cancel : cancels) {
      long issuedAt = cancel.issuedAt().toEpochMilli();
      Consumer<Seen> taker =
          request -> {
            Asked asked = request.asked();
            if (asked != null
                && asked.at() <= issuedAt
                && Arrays.binarySearch(offsets, request.offset()) >= 0) {
              members.put(request.offset(), asked.candidate());
            }
          };
      seen.forEachOf(lane.lane(), cancel, taker);
    }
    if (!members.isEmpty()) {
      open.takeOut(lane, limits, members);
    }
    return members;
  }

  private void readNews() {
    long now = control.version();
    if (now != version) {
      version = now;
      control.requestCancels().stream().filter(known::apply).forEach(pending::add);
    }
  }
}
