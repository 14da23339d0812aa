package dev.offpeak.operations.inventory;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.core.audit.PositionMarks;
import dev.offpeak.core.seal.Manifest;
import dev.offpeak.operations.cluster.Cluster;
import dev.offpeak.operations.cluster.SkippedRecords;
import dev.offpeak.operations.cluster.TopicReader;
import dev.offpeak.operations.cluster.TopicSlice;
import dev.offpeak.schemas.avro.AdmittedRequest;
import dev.offpeak.schemas.avro.DroppedDuplicate;
import dev.offpeak.schemas.avro.LlmRequest;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.record.SealedManifest;
import dev.offpeak.schemas.request.RequestDecoder;
import dev.offpeak.schemas.request.RequestDecoding.Decoded;
import dev.offpeak.schemas.request.TakenUrls;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * The requests of an installation that are not sealed yet, whichever stage they are on. Memory
 * grows by one byte with each position of llm.lanes.
 */
public final class InstallationRequests {

  private static final int KEPT = 10_000;

  private final Cluster cluster;
  private final TopicReader reader;
  private final SkippedRecords leftOut;

  /** Requests of that installation. */
  public InstallationRequests(Cluster cluster, SkippedRecords leftOut) {
    this.cluster = cluster;
    this.reader = new TopicReader(cluster);
    this.leftOut = leftOut;
  }

  /**
   * What was found of a custom id or a tenant.
   *
   * @param waiting requests that are not sealed, by tenant
   * @param sealed requests that are, by tenant
   * @param others names that were met instead
   */
  public record Found(Map<String, Long> waiting, Map<String, Long> sealed, Set<String> others) {

    private void add(Map<String, Long> to, String tenant) {
      to.merge(tenant, 1L, Long::sum);
    }
  }

  /**
   * Looks for requests.
   *
   * @param customId null for any
   * @param tenant null for any; with a custom id, only others of the same tenant are met
   */
  public Found find(@Nullable String customId, @Nullable String tenant)
      throws InterruptedException {
    Found found = new Found(new TreeMap<>(), new TreeMap<>(), new TreeSet<>());
    PositionMarks sealed = sealed();
    Deserializer<AdmittedRequest> admitted = cluster.serdes().deserializer(AdmittedRequest.class);
    String lanes = cluster.topics().lanes().name();
    reader.read(
        reader.slice(lanes, null, null),
        leftOut.sparing(
            record -> {
              AdmittedRequest request = admitted.deserialize(lanes, record.value());
              if (isMeant(request.getCustomId(), request.getTenant(), customId, tenant, found)) {
                found.add(
                    sealed.isPublished(record.partition(), record.offset())
                        ? found.sealed()
                        : found.waiting(),
                    request.getTenant());
              }
            }));
    readNotAdmitted(customId, tenant, found);
    return found;
  }

  /** The lanes that have requests, by the keys of llm.lanes. */
  public Set<String> lanes() throws InterruptedException {
    Set<String> lanes = new TreeSet<>();
    reader.read(
        reader.slice(cluster.topics().lanes().name(), null, null),
        leftOut.sparing(
            record -> {
              if (lanes.size() < KEPT) {
                lanes.add(new String(record.key(), UTF_8));
              }
            }));
    return lanes;
  }

  private static boolean isMeant(
      String itsId,
      String itsTenant,
      @Nullable String customId,
      @Nullable String tenant,
      Found found) {
    boolean idFits = customId == null || customId.equals(itsId);
    boolean tenantFits = tenant == null || tenant.equals(itsTenant);
    if (idFits && (tenantFits || customId != null)) {
      // Of an id, the other tenants that have it are to be named as well.
      return true;
    }
    if (found.others().size() < KEPT) {
      found.others().add(customId == null ? itsTenant : itsId);
    }
    return false;
  }

  /** What is sealed, called or dropped already. */
  private PositionMarks sealed() throws InterruptedException {
    PositionMarks sealed = new PositionMarks();
    Deserializer<SealedBatch> batches = cluster.serdes().deserializer(SealedBatch.class);
    String topic = cluster.topics().batches().name();
    reader.read(
        reader.slice(topic, null, null),
        leftOut.sparing(record -> mark(batches.deserialize(topic, record.value()), sealed)));
    String urgent = cluster.topics().urgent().name();
    Map<TopicPartition, OffsetAndMetadata> called = cluster.committed("offpeak-results-urgent");
    reader.read(
        reader.slice(urgent, null, null),
        leftOut.sparing(
            record -> {
              OffsetAndMetadata upTo = called.get(new TopicPartition(urgent, record.partition()));
              if (upTo != null && record.offset() < upTo.offset()) {
                mark(batches.deserialize(urgent, record.value()), sealed);
              }
            }));
    Deserializer<DroppedDuplicate> drops = cluster.serdes().deserializer(DroppedDuplicate.class);
    String duplicates = cluster.topics().duplicates().name();
    reader.read(
        reader.slice(duplicates, null, null),
        leftOut.sparing(
            record -> {
              DroppedDuplicate drop = drops.deserialize(duplicates, record.value());
              sealed.published(drop.getLanePartition(), drop.getOffset());
            }));
    return sealed;
  }

  private static void mark(SealedBatch batch, PositionMarks sealed) {
    Manifest manifest = SealedManifest.of(batch);
    manifest.offsets().forEach(offset -> sealed.published(manifest.partition(), offset));
  }

  /** Requests that the batcher has not come to. */
  private void readNotAdmitted(@Nullable String customId, @Nullable String tenant, Found found)
      throws InterruptedException {
    String topic = cluster.topics().requests().name();
    Map<TopicPartition, OffsetAndMetadata> admitted = cluster.committed(cluster.batcherGroup());
    TopicSlice all = reader.slice(topic, null, null);
    Map<TopicPartition, Long> from = new HashMap<>(all.from());
    from.replaceAll(
        (partition, first) -> {
          OffsetAndMetadata done = admitted.get(partition);
          return done == null ? first : Math.max(first, done.offset());
        });
    Deserializer<LlmRequest> avro = cluster.serdes().deserializer(LlmRequest.class);
    RequestDecoder decoder =
        new RequestDecoder(
            (headers, value) -> avro.deserialize(topic, headers, value), TakenUrls.ANY);
    reader.read(
        new TopicSlice(from, all.to()),
        leftOut.sparing(
            record -> {
              if (decoder.decode(record.value(), record.headers()) instanceof Decoded request
                  && isMeant(request.customId(), request.tenant(), customId, tenant, found)) {
                found.add(found.waiting(), request.tenant());
              }
            }));
  }
}
