package dev.offpeak.batcher.stage;

import dev.offpeak.core.control.ControlState;
import dev.offpeak.schemas.avro.ControlRecord;
import dev.offpeak.schemas.control.ControlCommands;
import dev.offpeak.schemas.record.RecordFault;
import java.time.Clock;
import java.util.Objects;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies llm.control to its {@link ControlStore}. An instance that starts reads the topic again
 * from its beginning, and there Kafka Streams leaves records without a key out.
 */
public final class ControlStage implements Processor<byte[], byte[], Void, Void> {

  private static final Logger LOGGER = LoggerFactory.getLogger(ControlStage.class);

  private final Function<byte[], ControlRecord> format;
  private final Clock clock;
  private @Nullable ControlState state;

  /** A stage that reads that format. */
  public ControlStage(Function<byte[], ControlRecord> format, Clock clock) {
    this.format = format;
    this.clock = clock;
  }

  @Override
  public void init(ProcessorContext<Void, Void> context) {
    state = context.<ControlStore>getStateStore(TopologyNode.CONTROL_STATE).state();
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    ControlRecord control = read(record.value());
    if (control == null) {
      return;
    }
    try {
      boolean _ =
          ControlCommands.apply(
              Objects.requireNonNull(state, "init comes before process"), control, clock.instant());
    } catch (RuntimeException e) {
      ignore(e);
    }
  }

  /** A record that can't be read says nothing; it must not stop every instance. */
  private @Nullable ControlRecord read(byte @Nullable [] value) {
    if (value == null) {
      return null;
    }
    try {
      return format.apply(value);
    } catch (RuntimeException e) {
      ignore(e);
      return null;
    }
  }

  /** A failure that is not the record's fault goes on. */
  private static void ignore(RuntimeException e) {
    if (!RecordFault.isOnRecord(e)) {
      throw e;
    }
    LOGGER
        .atWarn()
        .addKeyValue("reason", RecordFault.words(e))
        .log("control record ignored: it can't be read");
  }
}
