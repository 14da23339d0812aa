package dev.offpeak.batcher.stage;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.batcher.admit.Admission;
import dev.offpeak.batcher.admit.AdmissionVerdict;
import dev.offpeak.batcher.admit.DeadlinePolicy;
import dev.offpeak.batcher.id.BatchIds;
import dev.offpeak.batcher.lane.LaneDirectory;
import dev.offpeak.batcher.lane.LaneRules;
import dev.offpeak.batcher.metric.BatcherMetrics;
import dev.offpeak.batcher.state.OpenBatches;
import dev.offpeak.batcher.state.OpenLane;
import dev.offpeak.batcher.state.SeenRequests;
import dev.offpeak.batcher.state.SeenRequests.Asked;
import dev.offpeak.batcher.state.SeenRequests.Seen;
import dev.offpeak.batcher.wire.LaneReader;
import dev.offpeak.batcher.wire.LaneView;
import dev.offpeak.batcher.wire.RequestIdentity;
import dev.offpeak.core.control.ControlCommand.CancelRequests;
import dev.offpeak.core.control.ControlState;
import dev.offpeak.core.lane.Lane;
import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.core.seal.BatchLimits;
import dev.offpeak.core.seal.Candidate;
import dev.offpeak.core.seal.Excess;
import dev.offpeak.core.seal.OpenBatch;
import dev.offpeak.core.seal.PositionRuns;
import dev.offpeak.core.seal.SealReason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Assembles the batches of one partition of llm.lanes. Not thread-safe. */
final class Assembler {

  private static final Logger LOGGER = LoggerFactory.getLogger(Assembler.class);

  private static final String UNCONFIGURED =
      "the account of this request was taken out of the configuration after it was admitted; send"
          + " it again";

  private static final String CANCELLED =
      "cancelled before it was submitted; a replay id executes it nevertheless. Cancelled at ";

  private final ProcessorContext<byte[], byte[]> context;
  private final LaneDirectory lanes;
  private final DeadlinePolicy deadlines;
  private final SeenRequests seen;
  private final OpenBatches open;
  private final ControlState control;
  private final Cancellation cancellation;
  private final AssemblyRecords records;
  private final BatchIds ids;
  private final long quiet;
  private final BatcherMetrics metrics;
  private final Clock clock;
  private final LaneReader reader;
  private long lastRequestAt;

  Assembler(
      ProcessorContext<byte[], byte[]> context,
      LaneDirectory lanes,
      DeadlinePolicy deadlines,
      SeenRequests seen,
      OpenBatches open,
      ControlState control,
      Cancellation cancellation,
      LaneReader reader,
      AssemblyRecords records,
      BatchIds ids,
      Duration quiet,
      BatcherMetrics metrics,
      Clock clock) {
    this.context = context;
    this.lanes = lanes;
    this.deadlines = deadlines;
    this.seen = seen;
    this.open = open;
    this.control = control;
    this.cancellation = cancellation;
    this.reader = reader;
    this.records = records;
    this.ids = ids;
    this.quiet = quiet.toMillis();
    this.metrics = metrics;
    this.clock = clock;
    this.lastRequestAt = clock.millis();
  }

  /**
   * Takes one admitted request. Accounts and limits may have changed since it was admitted; what
   * they refuse now is not remembered, so that it may be sent again.
   */
  void accept(Record<byte[], byte[]> record) {
    long now = clock.millis();
    lastRequestAt = now;
    long offset = context.recordMetadata().orElseThrow().offset();
    Bytes laneId = Bytes.wrap(record.key());
    LaneRules rules = lanes.ofId(laneId);
    if (rules == null) {
      reject(record, FailureCode.UNKNOWN_ACCOUNT, UNCONFIGURED, now);
      return;
    }
    LaneView request = reader.read(record.value());
    Candidate candidate =
        new Candidate(
            request.compactLength(),
            request.inputs(),
            request.tokens(),
            request.deadline(),
            record.timestamp());
    Excess excess = rules.policy().limits().excess(candidate);
    if (excess != null) {
      AdmissionVerdict.Rejected tooLarge = Admission.tooLarge(rules, excess);
      reject(record, tooLarge.code(), tooLarge.message(), now);
      return;
    }
    // A retry was asked for when its first attempt was.
    long askedAt = Math.min(LaneHeaders.askedAt(record), request.admittedAt());
    Seen before =
        seen.see(RequestIdentity.of(laneId, request), remembered(request, askedAt, offset, now));
    if (before != null) {
      refuseSeen(record, request, before, offset, now);
      return;
    }
    Instant cancelledAt = cancellation.of(request, askedAt);
    if (cancelledAt != null) {
      reject(record, FailureCode.BATCH_CANCELLED, CANCELLED + cancelledAt, now);
      return;
    }
    if (deadlines.isUrgent(rules, candidate.deadline(), now)) {
      handOn(rules, candidate, offset, now);
      return;
    }
    join(rules, candidate, offset, now);
  }

  /** Has the request called synchronously. */
  private void handOn(LaneRules rules, Candidate request, long offset, long now) {
    BatchLimits limits = rules.policy().limits();
    OpenBatch alone = OpenBatch.opened(limits, now).append(limits, request);
    int partition = context.taskId().partition();
    context.forward(
        records.urgent(ids.next(), rules.lane(), partition, offset, alone, now),
        TopologyNode.TO_URGENT);
    metrics.urgent();
  }

  private static Seen remembered(LaneView request, long askedAt, long offset, long now) {
    Asked asked = new Asked(request.compactLength(), request.inputs(), request.tokens(), askedAt);
    return new Seen(request.bodyHash(), offset, now, asked);
  }

  private void join(LaneRules rules, Candidate request, long offset, long now) {
    BatchLimits limits = rules.policy().limits();
    OpenLane lane = open.find(rules.id());
    if (lane != null) {
      SealReason reason = rules.policy().sealBefore(lane.batch(), request);
      if (reason != null) {
        seal(lane, reason, now);
        lane = null;
      }
    }
    if (lane == null) {
      lane = open.open(rules.id(), limits, now);
    }
    open.append(lane, limits, request, offset);
    metrics.assembled();
    SealReason full = rules.policy().sealFull(lane.batch());
    if (full != null) {
      seal(lane, full, now);
    }
  }

  /** Takes out what was cancelled, and seals what is due by time, deadline or flush. */
  void sealDue(long now) {
    List<CancelRequests> cancels = cancellation.takePending();
    if (!cancels.isEmpty()) {
      open.all().forEach(lane -> takeOut(lane, cancels, now));
    }
    boolean isQuiet = now - lastRequestAt >= quiet;
    long oldest = now;
    for (OpenLane lane : open.all()) {
      LaneRules rules = lanes.ofId(lane.lane());
      SealReason reason =
          rules == null ? SealReason.LINGER : due(rules, lane.batch(), isQuiet, now);
      if (reason == null) {
        oldest = Math.min(oldest, lane.batch().openedAt());
      } else {
        seal(lane, reason, now);
      }
    }
    metrics.open(context.taskId(), open.size(), oldest);
  }

  /** What was cancelled is sealed as a batch of its own, which the submitter ends at once. */
  private void takeOut(OpenLane lane, List<CancelRequests> cancels, long now) {
    LaneRules rules = lanes.ofId(lane.lane());
    if (rules == null) {
      return;
    }
    BatchLimits limits = rules.policy().limits();
    SortedMap<Long, Candidate> taken = cancellation.takeOut(lane, limits, cancels);
    if (taken.isEmpty()) {
      return;
    }
    OpenBatch batch = OpenBatch.opened(limits, lane.batch().openedAt());
    for (Candidate request : taken.values()) {
      batch = batch.append(limits, request);
    }
    PositionRuns positions = new PositionRuns();
    taken.keySet().forEach(positions::append);
    forward(rules.lane(), positions.finish(), batch, SealReason.CANCELLED, now);
  }

  private @Nullable SealReason due(LaneRules rules, OpenBatch batch, boolean isQuiet, long now) {
    SealReason reason = rules.policy().sealDue(batch, now);
    if (reason != null) {
      return reason;
    }
    Instant flushedAt = control.flushedAt(rules.lane());
    return flushedAt != null && rules.policy().sealFlushed(batch, flushedAt.toEpochMilli(), isQuiet)
        ? SealReason.FLUSH
        : null;
  }

  private void seal(OpenLane closing, SealReason reason, long now) {
    OpenBatch batch = closing.batch();
    Lane lane = Lane.parse(new String(closing.lane().get(), UTF_8));
    forward(lane, open.close(closing), batch, reason, now);
  }

  private void forward(Lane lane, byte[] positions, OpenBatch batch, SealReason reason, long now) {
    String batchId = ids.next();
    context.forward(
        records.sealed(batchId, lane, context.taskId().partition(), positions, batch, reason, now),
        TopologyNode.TO_BATCHES);
    // Whoever waits for the batch does not wait for the commit interval as well.
    context.commit();
    metrics.sealed(reason);
    LOGGER
        .atInfo()
        .addKeyValue("batchId", batchId)
        .addKeyValue("lane", lane.id())
        .addKeyValue("requests", batch.requests())
        .addKeyValue("bytes", batch.bytes())
        .addKeyValue("reason", reason)
        .log("batch sealed");
  }

  private void refuseSeen(
      Record<byte[], byte[]> record, LaneView request, Seen before, long offset, long now) {
    if (before.bodyHash() == request.bodyHash()) {
      context.forward(
          records.duplicate(record, context.taskId().partition(), offset, before.offset(), now),
          TopologyNode.TO_DUPLICATES);
      metrics.duplicate();
    } else {
      reject(
          record,
          FailureCode.CUSTOM_ID_CONFLICT,
          "another request with this custom id and another body was admitted at "
              + Instant.ofEpochMilli(before.seenAt())
              + "; give each request an id of its own, or a replay id to execute it again",
          now);
    }
  }

  private void reject(Record<byte[], byte[]> record, FailureCode code, String message, long now) {
    context.forward(records.failure(record, code, message, now), TopologyNode.CONFLICTS);
    metrics.rejected(code);
  }
}
