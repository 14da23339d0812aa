package dev.offpeak.batcher.stage;

import dev.offpeak.core.control.ControlState;
import java.util.Map;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * What llm.control comes to, whole on every instance and in memory: an instance that starts reads
 * the topic again, and its {@link ControlStage} applies each record.
 */
public final class ControlStore implements StateStore {

  private final ControlState state = new ControlState();
  private volatile boolean open;

  private ControlStore() {}

  /** Makes a store that is not logged, as a global one must be. */
  public static StoreBuilder<ControlStore> builder() {
    return new Builder();
  }

  /** The state, which one thread changes and all may read. */
  ControlState state() {
    return state;
  }

  @Override
  public String name() {
    return TopologyNode.CONTROL_STATE;
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    context.register(root, (key, value) -> {});
    open = true;
  }

  @Override
  public void close() {
    open = false;
  }

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  private static final class Builder implements StoreBuilder<ControlStore> {

    @Override
    public StoreBuilder<ControlStore> withCachingEnabled() {
      return this;
    }

    @Override
    public StoreBuilder<ControlStore> withCachingDisabled() {
      return this;
    }

    @Override
    public StoreBuilder<ControlStore> withLoggingEnabled(Map<String, String> config) {
      throw new UnsupportedOperationException("llm.control itself is the log");
    }

    @Override
    public StoreBuilder<ControlStore> withLoggingDisabled() {
      return this;
    }

    @Override
    public ControlStore build() {
      return new ControlStore();
    }

    @Override
    public Map<String, String> logConfig() {
      return Map.of();
    }

    @Override
    public boolean loggingEnabled() {
      return false;
    }

    @Override
    public String name() {
      return TopologyNode.CONTROL_STATE;
    }
  }
}
