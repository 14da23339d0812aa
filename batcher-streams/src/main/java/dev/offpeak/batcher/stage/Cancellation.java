package dev.offpeak.batcher.stage;

import dev.offpeak.batcher.stage.Cancels.Cancel;
import dev.offpeak.batcher.state.OpenBatches;
import dev.offpeak.batcher.state.OpenLane;
import dev.offpeak.batcher.state.SeenRequests;
import dev.offpeak.batcher.state.SeenRequests.Asked;
import dev.offpeak.batcher.state.SeenRequests.Seen;
import dev.offpeak.batcher.wire.LaneView;
import dev.offpeak.core.seal.BatchLimits;
import dev.offpeak.core.seal.Candidate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Heeds cancels in one task: says which arriving requests are cancelled, and takes those out that
 * wait in open batches. Which cancels were applied to open batches is not kept: after a restart
 * they are applied again and find nothing. Not thread-safe.
 */
final class Cancellation {

  /** No cancel is about the request. */
  static final long NEVER = Long.MIN_VALUE;

  private final Cancels cancels;
  private final SeenRequests seen;
  private final OpenBatches open;
  private final Map<String, Long> ofTenants = new HashMap<>();
  private final Map<OneRequest, Long> ofRequests = new HashMap<>();
  private final Set<Cancel> pending = new HashSet<>();
  private Set<Cancel> known = Set.of();
  private long version;

  private record OneRequest(String tenant, String customId) {}

  Cancellation(Cancels cancels, SeenRequests seen, OpenBatches open) {
    this.cancels = cancels;
    this.seen = seen;
    this.open = open;
    readNews();
  }

  /**
   * When a request that arrives was cancelled, in milliseconds since the epoch, or {@link #NEVER}.
   * Costs nothing while there are no cancels: news is read with {@link #takePending}, which then
   * finds the request in its open batch.
   *
   * @param askedAt when it was asked for
   */
  long of(LaneView request, long askedAt) {
    if (known.isEmpty()) {
      return NEVER;
    }
    String tenant = request.tenant().toString();
    long issuedAt =
        Math.max(
            ofTenants.getOrDefault(tenant, NEVER),
            ofRequests.getOrDefault(new OneRequest(tenant, request.customId().toString()), NEVER));
    return askedAt <= issuedAt ? issuedAt : NEVER;
  }

  /** Cancels that were not applied to the open batches before; they are meant to be now. */
  List<Cancel> takePending() {
    readNews();
    List<Cancel> taken = List.copyOf(pending);
    pending.clear();
    return taken;
  }

  /**
   * Takes the requests that these cancels are about out of a lane's open batch.
   *
   * @return what was taken out, by offset in llm.lanes
   */
  SortedMap<Long, Candidate> takeOut(OpenLane lane, BatchLimits limits, List<Cancel> wishes) {
    SortedMap<Long, Candidate> members = new TreeMap<>();
    long[] offsets = open.offsets(lane);
    for (Cancel wish : wishes) {
      Consumer<Seen> taker =
          request -> {
            Asked asked = request.asked();
            if (asked != null
                && asked.at() <= wish.issuedAt()
                && Arrays.binarySearch(offsets, request.offset()) >= 0) {
              members.put(request.offset(), asked.candidate());
            }
          };
      if (wish.customId() == null) {
        seen.forEachOf(lane.lane(), wish.tenant(), taker);
      } else {
        seen.forEachOf(lane.lane(), wish.tenant(), wish.customId(), taker);
      }
    }
    if (!members.isEmpty()) {
      open.takeOut(lane, limits, members);
    }
    return members;
  }

  private void readNews() {
    long now = cancels.version();
    if (now == version) {
      return;
    }
    version = now;
    Set<Cancel> all = new HashSet<>(cancels.all());
    ofTenants.clear();
    ofRequests.clear();
    for (Cancel cancel : all) {
      if (!known.contains(cancel)) {
        pending.add(cancel);
      }
      String customId = cancel.customId();
      if (customId == null) {
        ofTenants.put(cancel.tenant(), cancel.issuedAt());
      } else {
        ofRequests.put(new OneRequest(cancel.tenant(), customId), cancel.issuedAt());
      }
    }
    known = all;
  }
}
