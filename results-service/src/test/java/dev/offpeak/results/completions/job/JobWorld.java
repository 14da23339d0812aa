package dev.offpeak.results.completions.job;

import dev.offpeak.core.lane.Position;
import dev.offpeak.core.price.TokenUsage;
import dev.offpeak.core.provider.ProviderJob;
import dev.offpeak.core.seal.Manifest;
import dev.offpeak.core.wait.Backoff;
import dev.offpeak.core.wait.Retries;
import dev.offpeak.core.wait.RetryLater;
import dev.offpeak.provider.BatchProvider;
import dev.offpeak.provider.ResultLine;
import dev.offpeak.provider.price.PriceLists;
import dev.offpeak.results.config.ChunkLimits;
import dev.offpeak.results.config.RetriesConfig;
import dev.offpeak.results.shared.account.ProviderAccess;
import dev.offpeak.results.shared.lane.LaneRequests;
import dev.offpeak.results.shared.lane.PlaceReaders;
import dev.offpeak.results.shared.lane.ShortPartitions;
import dev.offpeak.results.shared.metric.ResultsMeters;
import dev.offpeak.results.shared.outcome.OutcomeFormat;
import dev.offpeak.results.shared.outcome.OutcomeRecords;
import dev.offpeak.results.shared.outcome.Pricing;
import dev.offpeak.results.shared.publish.Publications;
import dev.offpeak.results.shared.publish.UsageWriter;
import dev.offpeak.results.world.FakeProvider;
import dev.offpeak.results.world.LogConsumer;
import dev.offpeak.results.world.LogConsumer.Log;
import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.runtime.failpoint.FailpointListener;
import dev.offpeak.runtime.health.WaitingWork;
import dev.offpeak.schemas.avro.AdmittedRequest;
import dev.offpeak.schemas.avro.EndedAs;
import dev.offpeak.schemas.avro.JobEnded;
import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.avro.LlmResult;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.avro.SealedBecause;
import dev.offpeak.schemas.avro.UsageRecord;
import dev.offpeak.schemas.serde.SerdeFactory;
import dev.offpeak.schemas.topic.Topics;
import dev.offpeak.testkit.time.FakeSleeper;
import dev.offpeak.testkit.time.MutableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** A job's surroundings without a cluster: Kafka's own clients over memory, a fake provider. */
final class JobWorld {

  static final int PARTITION = 3;
  static final Instant ENDED = Instant.parse("2026-11-24T12:00:00Z");
  static final String JOB = "batch_1";

  final Topics topics = Topics.withPrefix("");
  final SerdeFactory serdes = SerdeFactory.of(Map.of("schema.registry.url", "mock://job-world"));
  final MutableClock clock = MutableClock.at("2026-11-24T12:00:00Z");
  final FakeSleeper sleeper = new FakeSleeper(clock);
  final WaitingWork waiting = new WaitingWork(clock);
  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  final ResultsMeters meters = new ResultsMeters(registry);
  final FakeProvider provider = new FakeProvider();
  final DownloadSlots slots = new DownloadSlots(new Semaphore(1), new Semaphore(1));
  final Log log = new Log();
  final Manifest manifest;
  private final Path folder;

  /** A sealed batch of requests at these offsets; their custom ids are {@code id-<offset>}. */
  JobWorld(long... offsets) {
    manifest = Manifest.of(PARTITION, offsets);
    try {
      folder = Files.createTempDirectory("job-world");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    manifest.offsets().forEach(this::admit);
    seal();
  }

  private void admit(long offset) {
    String topic = topics.lanes().name();
    byte[] value =
        serdes
            .serializer(AdmittedRequest.class)
            .serialize(
                topic,
                AdmittedRequest.newBuilder()
                    .setCustomId("id-" + offset)
                    .setTenant("t")
                    .setLabels(Map.of())
                    .setAttempt(1)
                    .setProvider("openai")
                    .setAccount("main")
                    .setEndpoint("/v1/chat/completions")
                    .setModel("gpt-4o-mini")
                    .setAdmittedAt(ENDED)
                    .setSourcePartition(0)
                    .setSourceOffset(offset)
                    .setEstimatedTokens(1)
                    .setBodyHash(0)
                    .setCompactLength(2)
                    .setBodyStart(0)
                    .setBodyLength(2)
                    .setOriginal(ByteBuffer.wrap(new byte[] {'{', '}'}))
                    .build());
    log.add(new ConsumerRecord<>(topic, PARTITION, offset, new byte[0], value));
  }

  private void seal() {
    String topic = topics.batches().name();
    byte[] value =
        serdes
            .serializer(SealedBatch.class)
            .serialize(
                topic,
                SealedBatch.newBuilder()
                    .setBatchId("01B")
                    .setScope("s")
                    .setLane("openai|main|/v1/chat/completions|gpt-4o-mini")
                    .setProvider("openai")
                    .setAccount("main")
                    .setEndpoint("/v1/chat/completions")
                    .setModel("gpt-4o-mini")
                    .setLanePartition(PARTITION)
                    .setPositions(ByteBuffer.wrap(manifest.encode()))
                    .setRequests(manifest.size())
                    .setBytes(1)
                    .setEstimatedTokens(1)
                    .setReason(SealedBecause.LINGER)
                    .setOpenedAt(ENDED)
                    .setSealedAt(ENDED)
                    .build());
    log.add(new ConsumerRecord<>(topic, 0, 5, new byte[0], value));
  }

  /** The record of the job's end at that offset of llm.completions. */
  ConsumerRecord<byte[], byte[]> ended(
      long offset, EndedAs as, UnaryOperator<JobEnded.Builder> changes) {
    JobEnded.Builder ended =
        JobEnded.newBuilder()
            .setBatchId("01B")
            .setBatchPartition(0)
            .setBatchOffset(5)
            .setScope("s")
            .setLane("openai|main|/v1/chat/completions|gpt-4o-mini")
            .setProvider("openai")
            .setAccount("main")
            .setBaseUrl("http://localhost")
            .setEndpoint("/v1/chat/completions")
            .setModel("gpt-4o-mini")
            .setRequests(manifest.size())
            .setEnded(as)
            .setProviderJobId(JOB)
            .setOutputFileId("file-out")
            .setEndedAt(ENDED)
            .setInvalidLines(List.of());
    String topic = topics.completions().name();
    byte[] value = serdes.serializer(JobEnded.class).serialize(topic, changes.apply(ended).build());
    return new ConsumerRecord<>(topic, 0, offset, new byte[0], value);
  }

  RetryingFetcher fetcher() {
    return fetcher(access());
  }

  /** Leads to the fake provider. */
  ProviderAccess access() {
    return new ProviderAccess() {
      @Override
      public BatchProvider of(JobEnded job) throws RetryLater {
        return provider;
      }

      @Override
      public Duration window(String account) {
        return Duration.ofDays(1);
      }
    };
  }

  RetryingFetcher fetcher(ProviderAccess access) {
    JobFetcher once =
        new JobFetcher(
            new Manifests(
                places(), topics.batches().name(), serdes.deserializer(SealedBatch.class)),
            access,
            folder,
            new RetriesConfig(3, RetriesConfig.DeadlinePolicy.FAIL),
            meters,
            FailpointListener.nowhere());
    Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));
    return new RetryingFetcher(
        serdes.deserializer(JobEnded.class),
        once,
        Duration.ofMinutes(5),
        Duration.ofHours(24),
        new Retries(backoff, new Random(1), waiting),
        sleeper,
        clock,
        meters);
  }

  JobPublisher publisher() {
    return new JobPublisher(
        topics,
        places(),
        new LaneRequests(
            serdes.deserializer(AdmittedRequest.class), serdes.serializer(AdmittedRequest.class)),
        new OutcomeRecords(
            topics,
            OutcomeFormat.avro(serdes, topics),
            new Pricing(PriceLists.builtIn(), Map.of(), meters::unpricedModel),
            1 << 20,
            1 << 20,
            clock),
        new Semaphore(1),
        clock);
  }

  Publications publications(int recordsOfChunk) {
    return new Publications(
        new ChunkLimits(recordsOfChunk, ByteSize.parse("1MiB"), Duration.ofSeconds(5)),
        new UsageWriter(
            topics.usage().name(), serdes.serializer(UsageRecord.class), Set.of("team", "feature")),
        meters,
        clock);
  }

  private PlaceReaders places() {
    return new PlaceReaders(
        () -> new LogConsumer(log), new ShortPartitions(Duration.ofMinutes(10), clock));
  }

  /** The custom id of the outcome in a record; empty when the record is none. */
  String customId(ProducerRecord<byte[], byte[]> record) {
    if (record.topic().equals(topics.results().name())) {
      return serdes
          .deserializer(LlmResult.class)
          .deserialize(record.topic(), record.value())
          .getCustomId();
    }
    if (record.topic().equals(topics.failures().name())) {
      return failure(record).getCustomId();
    }
    return record.topic().equals(topics.retries().name())
        ? serdes
            .deserializer(AdmittedRequest.class)
            .deserialize(record.topic(), record.value())
            .getCustomId()
        : "";
  }

  LlmFailure failure(ProducerRecord<byte[], byte[]> record) {
    return serdes.deserializer(LlmFailure.class).deserialize(record.topic(), record.value());
  }

  UsageRecord usage(ProducerRecord<byte[], byte[]> record) {
    return serdes.deserializer(UsageRecord.class).deserialize(record.topic(), record.value());
  }

  static String id(long offset) {
    return new Position(PARTITION, offset).providerId();
  }

  static ResultLine answer(String id) {
    byte[] body = ("{\"id\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8);
    return new ResultLine.Succeeded(
        id, 200, "req", "gpt-4o-mini", body, new TokenUsage(10, 0, 0, 5, 0));
  }

  /** What the provider says of the job when it is asked. */
  ProviderJob job(ProviderJob.Phase phase, int succeeded, @Nullable String outputFile) {
    return new ProviderJob(
        JOB,
        phase,
        phase.name(),
        ENDED,
        null,
        manifest.size(),
        succeeded,
        0,
        "file-in",
        outputFile,
        null,
        null);
  }

  static ResultLine error(String id, ResultLine.Verdict verdict) {
    return new ResultLine.Errored(id, 500, null, "code", "message", new byte[0], verdict);
  }
}
