package dev.offpeak.ingest.objects;

import dev.offpeak.schemas.avro.GatewayBatch;
import dev.offpeak.schemas.avro.GatewayObject;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The objects of all tenants as they stand, by tenant and id. */
final class ObjectView {

  private static final ConcurrentNavigableMap<String, GatewayObject> NONE =
      new ConcurrentSkipListMap<>();

  private final Map<String, ConcurrentNavigableMap<String, GatewayObject>> tenants =
      new ConcurrentHashMap<>();

  private final Map<ObjectKey, GatewayObject> open = new ConcurrentHashMap<>();

  void apply(ObjectKey key, @Nullable GatewayObject object) {
    if (object != null
        && object.getObject() instanceof GatewayBatch batch
        && !Batches.isOver(batch)) {
      open.put(key, object);
    } else {
      open.remove(key);
    }
    if (object == null) {
      tenants.getOrDefault(key.tenant(), NONE).remove(key.id());
    } else {
      tenants
          .computeIfAbsent(key.tenant(), _ -> new ConcurrentSkipListMap<>())
          .put(key.id(), object);
    }
  }

  Optional<GatewayObject> find(ObjectKey key) {
    return Optional.ofNullable(tenants.getOrDefault(key.tenant(), NONE).get(key.id()));
  }

  /** Those of a tenant, the newest first. */
  List<GatewayObject> of(String tenant) {
    return List.copyOf(tenants.getOrDefault(tenant, NONE).descendingMap().values());
  }

  List<GatewayObject> openBatches() {
    return open.values().stream().sorted(Comparator.comparing(GatewayObject::getId)).toList();
  }

  Stream<GatewayObject> all() {
    return tenants.values().stream().flatMap(objects -> objects.values().stream());
  }
}
