package dev.offpeak.batcher.stage;

import dev.offpeak.batcher.admit.DeadlinePolicy;
import dev.offpeak.batcher.id.BatchIds;
import dev.offpeak.batcher.lane.LaneDirectory;
import dev.offpeak.batcher.metric.BatcherMetrics;
import dev.offpeak.batcher.state.OpenBatches;
import dev.offpeak.batcher.state.SeenRequests;
import dev.offpeak.batcher.wire.LaneReader;
import dev.offpeak.core.control.ControlState;
import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * llm.lanes to llm.batches: of each lane's requests, in order, duplicates are dropped and the
 * others' positions gathered in the open batch until it is sealed. What decides stands in the
 * stores, so that a restart or another instance goes on as if nothing had happened. The work is
 * done by an {@link Assembler}, one for each assignment of the task.
 */
public final class AssemblyStage implements Processor<byte[], byte[], byte[], byte[]> {

  private static final Duration SWEEP = Duration.ofSeconds(30);
  private static final int LOOKS = 10_000;

  private final LaneDirectory lanes;
  private final DeadlinePolicy deadlines;
  private final LaneReader reader;
  private final AssemblyRecords records;
  private final BatchIds ids;
  private final AssemblyTimes times;
  private final BatcherMetrics metrics;
  private final Clock clock;
  private @Nullable Assembler assembler;
  private @Nullable TaskId task;

  /** A stage of one task. */
  public AssemblyStage(
      LaneDirectory lanes,
      DeadlinePolicy deadlines,
      LaneReader reader,
      AssemblyRecords records,
      BatchIds ids,
      AssemblyTimes times,
      BatcherMetrics metrics,
      Clock clock) {
    this.lanes = lanes;
    this.deadlines = deadlines;
    this.reader = reader;
    this.records = records;
    this.ids = ids;
    this.times = times;
    this.metrics = metrics;
    this.clock = clock;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    SeenRequests seen = new SeenRequests(context.getStateStore(TopologyNode.SEEN), times.dedup());
    OpenBatches open = new OpenBatches(context.getStateStore(TopologyNode.OPEN_BATCHES));
    ControlState control = context.<ControlStore>getStateStore(TopologyNode.CONTROL_STATE).state();
    Assembler created =
        new Assembler(
            context,
            lanes,
            deadlines,
            seen,
            open,
            control,
            new Cancellation(control, seen, open),
            reader,
            records,
            ids,
            times.quiet(),
            metrics,
            clock);
    context.schedule(
        times.check(), PunctuationType.WALL_CLOCK_TIME, now -> created.sealDue(clock.millis()));
    context.schedule(
        SWEEP, PunctuationType.WALL_CLOCK_TIME, now -> seen.sweep(clock.millis(), LOOKS));
    assembler = created;
    task = context.taskId();
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    if (assembler == null) {
      throw new IllegalStateException("a record came before the stage was initialised");
    }
    assembler.accept(record);
  }

  @Override
  public void close() {
    if (task != null) {
      metrics.closed(task);
    }
  }
}
