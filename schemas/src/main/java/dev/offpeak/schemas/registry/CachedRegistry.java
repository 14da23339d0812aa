package dev.offpeak.schemas.registry;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/**
 * Remembers answers for ever: ids never change their meaning. Refusals and failures are not
 * remembered. Two threads may ask the same at once, which does no harm and blocks nobody.
 */
final class CachedRegistry implements SchemaRegistry {

  private record Entry(String subject, Schema schema) {}

  private final SchemaRegistry registry;
  private final Map<Entry, Integer> ids = new ConcurrentHashMap<>();
  private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
  private final Map<String, RegisteredSchema> latest = new ConcurrentHashMap<>();

  CachedRegistry(SchemaRegistry registry) {
    this.registry = registry;
  }

  @Override
  public int register(String subject, Schema schema) {
    var entry = new Entry(subject, schema);
    Integer known = ids.get(entry);
    return known != null ? known : remember(entry, registry.register(subject, schema));
  }

  @Override
  public int idOf(String subject, Schema schema) {
    var entry = new Entry(subject, schema);
    Integer known = ids.get(entry);
    return known != null ? known : remember(entry, registry.idOf(subject, schema));
  }

  private int remember(Entry entry, int id) {
    ids.put(entry, id);
    return id;
  }

  @Override
  public RegisteredSchema latest(String subject) {
    RegisteredSchema known = latest.get(subject);
    if (known == null) {
      known = registry.latest(subject);
      latest.put(subject, known);
    }
    return known;
  }

  @Override
  public Schema byId(int id) {
    Schema known = schemas.get(id);
    if (known == null) {
      known = registry.byId(id);
      schemas.put(id, known);
    }
    return known;
  }

  @Override
  public void close() {
    registry.close();
  }
}
