package dev.offpeak.ingest.batches;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.schemas.avro.AdmittedRequest;
import dev.offpeak.schemas.avro.GatewayBatch;
import dev.offpeak.schemas.avro.GatewayObject;
import dev.offpeak.schemas.avro.JobRecord;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.avro.SealedBecause;
import dev.offpeak.schemas.reading.TopicTail;
import dev.offpeak.schemas.record.RecordFault;
import dev.offpeak.schemas.record.SealedManifest;
import dev.offpeak.schemas.serde.SerdeFactory;
import dev.offpeak.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Finds out where a request is, from the topics alone: they are read from where its batch begins.
 * Any replica can, and none keeps anything for it.
 */
public final class RequestSearch {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(200);

  private final Supplier<TopicTail> tails;
  private final OutcomeTail.Ends ends;
  private final OutcomeTopics outcomes;
  private final String lanes;
  private final String batches;
  private final String jobs;
  private final Deserializer<AdmittedRequest> admitted;
  private final Deserializer<SealedBatch> manifests;
  private final Deserializer<JobRecord> jobReader;
  private final Clock clock;

  /**
   * What is known of a request.
   *
   * @param batch of the gateway
   * @param line of it
   * @param isFailure whether its outcome is one; of no meaning while there is none
   * @param outcome as a line of an output or error file; null while there is none
   * @param attempts executions begun or ahead; 0 before it was admitted
   * @param sealed the batch that goes to a provider; null while it waits for others
   * @param job of that; null before it was taken
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  public record Found(
      String batch,
      int line,
      boolean isDuplicate,
      boolean isFailure,
      byte @Nullable [] outcome,
      int attempts,
      @Nullable String sealed,
      @Nullable JobRecord job) {}

  /**
   * @param tails makes readers of committed records
   */
  public RequestSearch(
      Topics topics,
      SerdeFactory serdes,
      Supplier<TopicTail> tails,
      OutcomeTail.Ends ends,
      OutcomeTopics outcomes,
      Clock clock) {
    this.tails = tails;
    this.ends = ends;
    this.outcomes = outcomes;
    this.lanes = topics.lanes().name();
    this.batches = topics.batches().name();
    this.jobs = topics.jobs().name();
    this.admitted = serdes.deserializer(AdmittedRequest.class);
    this.manifests = serdes.deserializer(SealedBatch.class);
    this.jobReader = serdes.deserializer(JobRecord.class);
    this.clock = clock;
  }

  /**
   * The request of that id, in the youngest of these batches that has it.
   *
   * @param among by id
   * @param wait how long to wait for its outcome
   */
  public Optional<Found> find(String customId, Map<String, GatewayObject> among, Duration wait)
      throws InterruptedException {
    Instant until = clock.instant().plus(wait);
    Look look = new Look(customId, among);
    try (TopicTail tail = tails.get()) {
      Map<TopicPartition, Long> begin = new HashMap<>();
      outcomes.partitions(tail).forEach(each -> begin.put(each, from(each, among)));
      outcomes.waysOf(tail).forEach(each -> begin.put(each, from(each, among)));
      tail.beginAt(begin);
      tail.readTo(ends.of(List.copyOf(begin.keySet())), PATIENCE, look::visit);
      while (look.isPending() && clock.instant().isBefore(until)) {
        tail.poll(POLL, look::visit);
      }
    }
    Hit hit = look.youngest();
    return hit == null ? Optional.empty() : Optional.of(found(hit, look));
  }

  private static long from(TopicPartition partition, Map<String, GatewayObject> among) {
    return among.values().stream()
        .map(each -> (GatewayBatch) each.getObject())
        .mapToLong(each -> each.getOutcomesFrom().getOrDefault(partition.toString(), 0L))
        .min()
        .orElse(0);
  }

  private Found found(Hit hit, Look look) throws InterruptedException {
    Outcome outcome = hit.outcome;
    SealedBatch sealed = outcome == null ? look.batchOf(hit) : null;
    return new Found(
        hit.key.batch(),
        hit.key.line(),
        outcome instanceof Outcome.Duplicate,
        outcome != null && outcome.isFailure(),
        outcome == null ? null : OutputLine.of(hit.key, outcome, null),
        hit.attempt,
        sealed == null ? null : sealed.getBatchId(),
        sealed == null ? null : job(sealed.getBatchId()));
  }

  private @Nullable JobRecord job(String batch) throws InterruptedException {
    JobRecord[] last = new JobRecord[1];
    try (TopicTail tail = tails.get()) {
      tail.beginAtTheBeginning(tail.partitionsOf(jobs));
      tail.readToEnd(
          record -> {
            if (record.value() != null && batch.equals(new String(record.key(), UTF_8))) {
              last[0] = jobReader.deserialize(jobs, record.value());
            }
          });
    }
    return last[0];
  }

  /** What was met of a request in one batch. */
  private static final class Hit {

    private final LineKey key;
    private @Nullable Outcome outcome;
    private int attempt;
    private int lanePartition;
    private long laneOffset;

    private Hit(LineKey key) {
      this.key = key;
    }
  }

  /** One look at the topics. */
  private final class Look {

    private final String customId;
    private final byte[] asBytes;
    private final Map<String, GatewayObject> among;
    private final TreeMap<String, Hit> hits = new TreeMap<>();
    private final List<SealedBatch> sealed = new ArrayList<>();

    private Look(String customId, Map<String, GatewayObject> among) {
      this.customId = customId;
      this.asBytes = customId.getBytes(UTF_8);
      this.among = among;
    }

    private @Nullable Hit youngest() {
      return hits.isEmpty() ? null : hits.lastEntry().getValue();
    }

    private boolean isPending() {
      Hit hit = youngest();
      return hit == null || hit.outcome == null;
    }

    private void visit(ConsumerRecord<byte[], byte[]> record) {
      if (record.value() == null) {
        return;
      }
      try {
        if (record.topic().equals(batches)) {
          SealedBatch batch = manifests.deserialize(batches, record.value());
          if (batch.getReason() != SealedBecause.CANCELLED) {
            sealed.add(batch);
          }
        } else if (record.topic().equals(lanes)) {
          lane(record);
        } else {
          outcome(record);
        }
      } catch (RuntimeException e) {
        if (!RecordFault.isOnRecord(e)) {
          throw e;
        }
        // Whatever it is, it says nothing of this request.
      }
    }

    private void lane(ConsumerRecord<byte[], byte[]> record) {
      LineKey key = LineKey.ofLane(record);
      if (key == null || !among.containsKey(key.batch()) || !holdsId(record.value())) {
        return;
      }
      AdmittedRequest request = admitted.deserialize(lanes, record.value());
      if (request.getCustomId().equals(customId)) {
        Hit hit = hits.computeIfAbsent(key.batch(), _ -> new Hit(key));
        hit.attempt = Math.max(hit.attempt, request.getAttempt());
        hit.lanePartition = record.partition();
        hit.laneOffset = record.offset();
      }
    }

    private void outcome(ConsumerRecord<byte[], byte[]> record) {
      LineKey key = LineKey.of(record);
      if (key == null
          || !among.containsKey(key.batch())
          || !(record.value()[0] == '{' || holdsId(record.value()))) {
        return;
      }
      Outcome outcome = outcomes.read(record);
      Hit known = hits.get(key.batch());
      boolean isKnown = known != null && known.key.equals(key);
      if (isKnown || customId.equals(OutputLine.customId(outcome))) {
        Hit hit = hits.computeIfAbsent(key.batch(), _ -> new Hit(key));
        hit.outcome = outcome;
        if (outcome instanceof Outcome.Answered(var result)) {
          hit.attempt = Math.max(hit.attempt, result.getAttempt());
        }
      }
    }

    /** The last batch that holds the place of a request. */
    private @Nullable SealedBatch batchOf(Hit hit) {
      return hit.attempt == 0
          ? null
          : sealed.stream()
              .filter(each -> each.getLanePartition() == hit.lanePartition)
              .filter(each -> SealedManifest.of(each).indexOf(hit.laneOffset) >= 0)
              .reduce((_, later) -> later)
              .orElse(null);
    }

    /** A look at bytes that spares the reading of what is about others. */
    private boolean holdsId(byte[] value) {
      int last = value.length - asBytes.length;
      for (int i = 0; i <= last; i++) {
        int at = 0;
        while (at < asBytes.length && value[i + at] == asBytes[at]) {
          at++;
        }
        if (at == asBytes.length) {
          return true;
        }
      }
      return false;
    }
  }
}
