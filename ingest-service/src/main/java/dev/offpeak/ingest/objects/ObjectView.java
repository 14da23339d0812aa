package dev.offpeak.ingest.objects;

import dev.offpeak.schemas.avro.GatewayBatch;
import dev.offpeak.schemas.avro.GatewayClaim;
import dev.offpeak.schemas.avro.GatewayObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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

  private static final Duration CLAIM_HOLDS = Duration.ofHours(24);

  /** Whoever has claimed something has made it by then, or never will. */
  private static final Duration MAKING = Duration.ofMinutes(1);

  private static final ConcurrentNavigableMap<String, GatewayObject> NONE =
      new ConcurrentSkipListMap<>();

  private final Map<String, ConcurrentNavigableMap<String, GatewayObject>> tenants =
      new ConcurrentHashMap<>();

  private final Map<ObjectKey, GatewayObject> open = new ConcurrentHashMap<>();

  /** Those of one call, by tenant and digest, in the order in which they were made. */
  private final Map<ObjectKey, List<GatewayObject>> claims = new ConcurrentHashMap<>();

  void apply(ObjectKey key, @Nullable GatewayObject object) {
    if (object != null
        && object.getObject() instanceof GatewayBatch batch
        && !Batches.isOver(batch)) {
      open.put(key, object);
    } else {
      open.remove(key);
    }
    if (object != null && object.getObject() instanceof GatewayClaim claim) {
      claims.merge(new ObjectKey(key.tenant(), claim.getCall()), List.of(object), ObjectView::with);
    }
    if (object == null) {
      forgetClaim(key);
      tenants.getOrDefault(key.tenant(), NONE).remove(key.id());
    } else {
      tenants
          .computeIfAbsent(key.tenant(), _ -> new ConcurrentSkipListMap<>())
          .put(key.id(), object);
    }
  }

  private static List<GatewayObject> with(List<GatewayObject> some, List<GatewayObject> more) {
    List<GatewayObject> all = new ArrayList<>(some);
    more.stream()
        .filter(each -> some.stream().noneMatch(one -> one.getId().equals(each.getId())))
        .forEach(all::add);
    return List.copyOf(all);
  }

  private void forgetClaim(ObjectKey key) {
    Optional<GatewayObject> known = find(key);
    if (known.isPresent() && known.get().getObject() instanceof GatewayClaim claim) {
      claims.computeIfPresent(
          new ObjectKey(key.tenant(), claim.getCall()),
          (_, all) -> {
            List<GatewayObject> left =
                all.stream().filter(each -> !each.getId().equals(key.id())).toList();
            return left.isEmpty() ? null : left;
          });
    }
  }

  /** The first claim of that call whose object is there, or may still come. */
  GatewayClaim firstClaim(String tenant, GatewayClaim claim, Instant now) {
    return claims.getOrDefault(new ObjectKey(tenant, claim.getCall()), List.of()).stream()
        .filter(each -> each.getCreatedAt().plus(CLAIM_HOLDS).isAfter(now))
        .filter(
            each ->
                each.getCreatedAt().plus(MAKING).isAfter(now)
                    || find(new ObjectKey(tenant, ((GatewayClaim) each.getObject()).getMakes()))
                        .isPresent())
        .map(each -> (GatewayClaim) each.getObject())
        .findFirst()
        .orElse(claim);
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
