package dev.offpeak.schemas.foreign;

import dev.offpeak.schemas.registry.Registries;
import dev.offpeak.schemas.registry.SchemaRegistry;
import dev.offpeak.schemas.registry.SchemaUnavailable;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Our own client of the registry, asked for a schema that someone else's did not get: theirs tells
 * no difference between a registry that is away and one that has no answer for this one schema, for
 * which is waited no longer than {@code schema.patience.ms}.
 */
final class SecondOpinion implements AutoCloseable {

  private static final int HEADER = 5;

  private final Map<String, Object> properties;
  private @Nullable SchemaRegistry registry;
  private boolean useless;

  SecondOpinion(Map<String, Object> properties) {
    this.properties = new HashMap<>(properties);
  }

  /**
   * Asks for the schema of that value; whatever else the answer is, the other client's stands.
   *
   * @throws SchemaUnavailable when it was waited for long enough
   */
  synchronized void ask(byte @Nullable [] value) {
    if (value == null || value.length < HEADER || value[0] != 0 || useless) {
      return;
    }
    try {
      SchemaRegistry own = registry == null ? Registries.connect(properties) : registry;
      registry = own;
      var _ = own.byId(ByteBuffer.wrap(value).getInt(1));
    } catch (SchemaUnavailable e) {
      throw e;
    } catch (ConfigException _) {
      // Set up in a way that only the other client understands.
      useless = true;
    } catch (RuntimeException _) {
      // It does not know better.
    }
  }

  @Override
  public synchronized void close() {
    if (registry != null) {
      registry.close();
    }
  }
}
