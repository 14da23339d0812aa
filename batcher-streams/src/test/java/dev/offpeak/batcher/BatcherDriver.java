package dev.offpeak.batcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.batcher.admit.DeadlinePolicy;
import dev.offpeak.batcher.id.BatchIds;
import dev.offpeak.batcher.lane.LaneDirectory;
import dev.offpeak.batcher.metric.BatcherMetrics;
import dev.offpeak.batcher.stage.AssemblyTimes;
import dev.offpeak.batcher.stage.StageFormats;
import dev.offpeak.batcher.stage.UnprocessableStageRecords;
import dev.offpeak.core.lane.Provider;
import dev.offpeak.provider.account.AccountConfig;
import dev.offpeak.provider.account.Accounts;
import dev.offpeak.provider.account.LimitsConfig;
import dev.offpeak.provider.adapter.BuiltInProviders;
import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.testkit.time.MutableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The whole topology in a driver, with small limits and a clock moved by hand. */
final class BatcherDriver implements AutoCloseable {

  static final BatcherTopics TOPICS =
      new BatcherTopics(
          "requests", "retries", "lanes", "batches", "urgent", "failures", "duplicates", "control");
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final int MAX_RECORD = 200_000;
  static final int MAX_REQUESTS = 4;

  final MutableClock clock = new MutableClock(START);
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final TopologyTestDriver driver;
  private int sealed;

  BatcherDriver(Path state) {
    this(state, DeadlinePolicy.FAIL);
  }

  BatcherDriver(Path state, DeadlinePolicy deadlines) {
    this(state, deadlines, TestFormats::formats);
  }

  BatcherDriver(Path state, DeadlinePolicy deadlines, Supplier<StageFormats> formats) {
    Map<String, AccountConfig> configs = new LinkedHashMap<>();
    configs.put(
        "main",
        AccountConfig.of(Provider.OPENAI)
            .withModels(List.of("gpt-*", "text-embedding-*"))
            .withLimits(
                new LimitsConfig(
                    MAX_REQUESTS,
                    new ByteSize(1_000),
                    new ByteSize(600),
                    6,
                    null,
                    null,
                    null,
                    null,
                    null)));
    configs.put("spare", AccountConfig.of(Provider.OPENAI).withModels(List.of("gpt-5")));
    configs.put("claude", AccountConfig.of(Provider.ANTHROPIC).withModels(List.of("claude-*")));
    Accounts accounts = Accounts.of(configs, BuiltInProviders.PROFILES);
    Properties config = new Properties();
    config.put("application.id", "test");
    config.put("bootstrap.servers", "unused:1");
    config.put("state.dir", state.toString());
    BatcherMetrics metrics = new BatcherMetrics(meters, clock);
    config.putAll(
        UnprocessableStageRecords.properties(
            new UnprocessableStageRecords.Parts(
                TOPICS.requests(),
                TOPICS.control(),
                TOPICS.failures(),
                formats,
                MAX_RECORD,
                metrics,
                clock)));
    BatchIds ids = () -> "batch-" + ++sealed;
    driver =
        new TopologyTestDriver(
            new BatcherTopology(
                    TOPICS,
                    () ->
                        new LaneDirectory(accounts, Duration.ofMinutes(5), Duration.ofMinutes(10)),
                    deadlines,
                    formats,
                    ids,
                    new AssemblyTimes(
                        Duration.ofMillis(250), Duration.ofSeconds(1), Duration.ofDays(7)),
                    MAX_RECORD,
                    metrics,
                    clock)
                .build(),
            config,
            START);
  }

  /** Sends a chat line for that model. */
  void chat(String id, String model) {
    request(chatLine(id, "{\"model\":\"" + model + "\"}"));
  }

  static String chatLine(String id, String body) {
    return "{\"custom_id\":\""
        + id
        + "\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":"
        + body
        + "}";
  }

  /** Bytes of a line of the provider's file, with its line feed. */
  static long fileLine(String body) {
    return chatLine("op-0000-00000000000000", body).length() + 1;
  }

  /** A request whose line in the provider's file has that many bytes. */
  static String ofLine(String id, int bytes) {
    String body = "{\"model\":\"gpt-5\",\"x\":\"\"}";
    int missing = bytes - (int) fileLine(body);
    return chatLine(id, body.replace("\"\"", "\"" + "x".repeat(missing) + "\""));
  }

  void request(String line) {
    request("key", line.getBytes(UTF_8), new RecordHeaders());
  }

  void request(@Nullable String key, byte @Nullable [] value, Headers headers) {
    send(TOPICS.requests(), key == null ? null : key.getBytes(UTF_8), value, headers);
  }

  void send(String topic, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
    sendOf(clock.instant(), topic, key, value, headers);
  }

  /** As if the batcher came to the record late. */
  void sendOf(
      Instant time, String topic, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
    driver
        .createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(new TestRecord<>(key, value, headers, time));
  }

  /** Lets time pass, for the clock and for Kafka Streams. */
  void advance(Duration by) {
    clock.advance(by);
    driver.advanceWallClockTime(by);
  }

  /** What has been written to the topic since the last call. */
  List<TestRecord<byte[], byte[]>> read(String topic) {
    return driver
        .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList();
  }

  /** Batches sealed since the last call. */
  List<SealedBatch> batches() {
    List<SealedBatch> batches = new ArrayList<>();
    for (TestRecord<byte[], byte[]> record : read(TOPICS.batches())) {
      batches.add(TestFormats.read(SealedBatch.getClassSchema(), record.value()));
    }
    return batches;
  }

  @Override
  public void close() {
    driver.close();
  }
}
