package dev.offpeak.submitter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.offpeak.core.lane.Lane;
import dev.offpeak.core.lane.Provider;
import dev.offpeak.core.seal.Manifest;
import dev.offpeak.core.wait.Sleeper;
import dev.offpeak.provider.BatchFormat;
import dev.offpeak.provider.account.AccountConfig;
import dev.offpeak.provider.account.LimitsConfig;
import dev.offpeak.provider.adapter.BuiltInProviders;
import dev.offpeak.runtime.config.Secret;
import dev.offpeak.runtime.config.TopicsConfig;
import dev.offpeak.schemas.avro.AdmittedRequest;
import dev.offpeak.schemas.avro.ControlRecord;
import dev.offpeak.schemas.avro.JobEnded;
import dev.offpeak.schemas.avro.JobRecord;
import dev.offpeak.schemas.avro.QuotaRecord;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.avro.SealedBecause;
import dev.offpeak.schemas.avro.Tokens;
import dev.offpeak.schemas.avro.UsageMode;
import dev.offpeak.schemas.avro.UsageRecord;
import dev.offpeak.schemas.serde.SerdeFactory;
import dev.offpeak.schemas.topic.TopicRequirements;
import dev.offpeak.schemas.topic.TopicSetup;
import dev.offpeak.schemas.topic.Topics;
import dev.offpeak.simulator.Simulator;
import dev.offpeak.submitter.ledger.JobRecords;
import dev.offpeak.submitter.ledger.KnownJob;
import dev.offpeak.testkit.broker.RecordsReader;
import dev.offpeak.testkit.broker.TestKafka;
import dev.offpeak.testkit.time.Patience;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The topics of one test as the submitter's neighbours see them: what is sealed, what ended. */
final class Installation implements AutoCloseable {

  static final Lane LANE = Lane.of(Provider.OPENAI, "main", "/v1/chat/completions", "gpt-6-luna");

  /** A lane of that provider's account {@code main}. */
  static Lane lane(Provider provider) {
    return switch (provider.id()) {
      case "openai" -> LANE;
      case "anthropic" -> Lane.of(provider, "main", "/v1/messages", "");
      default -> Lane.of(provider, "main", "generateContent", "gemini-3.5-flash");
    };
  }

  private final TestKafka kafka;
  private final Lane lane;
  private final BatchFormat format;
  private final Topics topics;
  private final SerdeFactory serdes;
  private KafkaProducer<byte[], byte[]> producer;
  private int sealed;

  Installation(TestKafka kafka, int partitions) throws InterruptedException {
    this(kafka, partitions, LANE);
  }

  Installation(TestKafka kafka, int partitions, Lane lane) throws InterruptedException {
    this.kafka = kafka;
    this.lane = lane;
    this.format = BuiltInProviders.PROFILES.of(lane.provider().id()).format();
    this.topics = Topics.withPrefix(kafka.prefix());
    this.serdes = SerdeFactory.of(Map.of("schema.registry.url", registry(kafka)));
    this.producer = newProducer();
    prepare(partitions);
  }

  private KafkaProducer<byte[], byte[]> newProducer() {
    return new KafkaProducer<>(
        kafka.clientProperties(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  private void prepare(int partitions) throws InterruptedException {
    try (Admin admin = Admin.create(kafka.clientProperties())) {
      new TopicSetup(
              admin,
              new TopicRequirements(true, partitions, (short) 1, Duration.ZERO, 2 << 20),
              Sleeper.system()::sleep)
          .prepare(topics.all());
    }
  }

  static String registry(TestKafka kafka) {
    return "mock://" + kafka.prefix();
  }

  TestKafka kafka() {
    return kafka;
  }

  Topics topics() {
    return topics;
  }

  /** Where that provider is at a simulator. */
  static URI address(Provider provider, Simulator simulator) {
    return provider.equals(Provider.OPENAI) ? simulator.baseUri() : simulator.rootUri();
  }

  /** The account {@code main} of that provider. */
  static Map<String, AccountConfig> account(
      Provider provider, URI baseUrl, String key, LimitsConfig limits) {
    return Map.of(
        "main",
        AccountConfig.of(provider)
            .withKey(new Secret("test", key))
            .withBaseUrl(baseUrl)
            .withLimits(limits));
  }

  Provider provider() {
    return lane.provider();
  }

  TopicsConfig topicsConfig() {
    return new TopicsConfig(kafka.prefix(), 1, 1, false);
  }

  /** Seals a batch of that many good requests, into the first partition. */
  String seal(int requests) throws Exception {
    return seal(0, requests);
  }

  String seal(int partition, int requests) throws Exception {
    String id = "B" + kafka.prefix().replace("-", "") + "N" + (++sealed);
    return seal(
        partition,
        id,
        IntStream.range(0, requests).mapToObj(i -> body(id + " question " + i)).toList());
  }

  String body(String question) {
    return switch (lane.provider().id()) {
      case "openai" ->
          "{\"model\":\"gpt-6-luna\",\"messages\":[{\"role\":\"user\",\"content\":\""
              + question
              + "\"}]}";
      case "anthropic" ->
          "{\"model\":\"claude-haiku-4-5\",\"max_tokens\":64,\"messages\":"
              + "[{\"role\":\"user\",\"content\":\""
              + question
              + "\"}]}";
      default -> "{\"contents\":[{\"parts\":[{\"text\":\"" + question + "\"}]}]}";
    };
  }

  /** A batch of requests that were cancelled while they waited to be sealed. */
  String sealCancelled(String id, int requests) throws Exception {
    List<String> bodies = IntStream.range(0, requests).mapToObj(i -> body("none " + i)).toList();
    return seal(0, id, bodies, SealedBecause.CANCELLED);
  }

  String seal(int partition, String id, List<String> bodies) throws Exception {
    return seal(partition, id, bodies, SealedBecause.LINGER);
  }

  private String seal(int partition, String id, List<String> bodies, SealedBecause reason)
      throws Exception {
    long[] offsets = new long[bodies.size()];
    long bytes = format.fileOverhead();
    for (int i = 0; i < offsets.length; i++) {
      byte[] body = bodies.get(i).getBytes(UTF_8);
      bytes += format.lineOverhead(lane) + body.length + (i == 0 ? 0 : format.separatorLength());
      offsets[i] =
          send(topics.lanes().name(), 0, lane.id(), AdmittedRequest.class, request(id + i, body))
              .offset();
    }
    Instant now = Instant.now();
    SealedBatch batch =
        SealedBatch.newBuilder()
            .setBatchId(id)
            .setScope(lane.scope())
            .setLane(lane.id())
            .setProvider(lane.provider().id())
            .setAccount(lane.account())
            .setEndpoint(lane.endpoint())
            .setModel(lane.model())
            .setLanePartition(0)
            .setPositions(ByteBuffer.wrap(Manifest.of(0, offsets).encode()))
            .setRequests(offsets.length)
            .setBytes(bytes)
            .setEstimatedTokens(bytes / 4)
            .setReason(reason)
            .setOpenedAt(now)
            .setSealedAt(now)
            .build();
    put(partition, batch);
    return id;
  }

  /** Puts a sealed batch into llm.batches as it is. */
  void put(int partition, SealedBatch batch) throws Exception {
    var _ = send(topics.batches().name(), partition, lane.scope(), SealedBatch.class, batch);
  }

  /** Puts anything into a topic. */
  void putRaw(String topic, byte[] key, byte[] value) throws Exception {
    var _ = producer.send(new ProducerRecord<>(topic, 0, key, value)).get();
  }

  /** Deletes llm.batches with all that is in it, and makes it again. */
  void makeBatchesAnew(int partitions) throws Exception {
    try (Admin admin = Admin.create(kafka.clientProperties())) {
      admin.deleteTopics(List.of(topics.batches().name())).all().get();
      await()
          .atMost(Patience.LONG)
          .untilAsserted(
              () ->
                  assertThat(admin.listTopics().names().get())
                      .doesNotContain(topics.batches().name()));
    }
    prepare(partitions);
    // A producer goes by what it knew of the old topic for a while.
    producer.close();
    producer = newProducer();
  }

  private AdmittedRequest request(String customId, byte[] body) {
    return AdmittedRequest.newBuilder()
        .setCustomId(customId)
        .setTenant("default")
        .setAttempt(1)
        .setProvider(lane.provider().id())
        .setAccount(lane.account())
        .setEndpoint(lane.endpoint())
        .setModel(lane.model())
        .setLabels(Map.of())
        .setAdmittedAt(Instant.now())
        .setSourcePartition(0)
        .setSourceOffset(0)
        .setEstimatedTokens(10)
        .setBodyHash(0)
        .setCompactLength(body.length)
        .setBodyStart(0)
        .setBodyLength(body.length)
        .setOriginal(ByteBuffer.wrap(body))
        .build();
  }

  /** Writes what an earlier owner may have left, all at once. */
  void leave(int partition, List<KnownJob> jobs) throws Exception {
    try (var serializer = serdes.serializer(JobRecord.class)) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (KnownJob job : jobs) {
        sent.add(
            producer.send(
                new ProducerRecord<>(
                    topics.jobs().name(),
                    partition,
                    job.place().batchId().getBytes(UTF_8),
                    serializer.serialize(topics.jobs().name(), JobRecords.of(job)))));
      }
      for (Future<RecordMetadata> each : sent) {
        var _ = each.get();
      }
    }
  }

  void control(ControlRecord command) throws Exception {
    var _ = send(topics.control().name(), 0, "test", ControlRecord.class, command);
  }

  /** Says as the results-service does how many input tokens some of a batch's requests had. */
  void reportUsage(String batchId, int requests, long inputTokens) throws Exception {
    UsageRecord usage =
        UsageRecord.newBuilder()
            .setRecordedAt(Instant.now())
            .setTenant("default")
            .setProvider(lane.provider().id())
            .setAccount(lane.account())
            .setEndpoint(lane.endpoint())
            .setModel(lane.model())
            .setBatchId(batchId)
            .setMode(UsageMode.BATCH)
            .setRequests(requests)
            .setUsage(Tokens.newBuilder().setInput(inputTokens).setOutput(0).build())
            .build();
    var _ = send(topics.usage().name(), 0, "default", UsageRecord.class, usage);
  }

  private <T extends SpecificRecord> RecordMetadata send(
      String topic, int partition, String key, Class<T> type, T value) throws Exception {
    try (var serializer = serdes.serializer(type)) {
      return producer
          .send(
              new ProducerRecord<>(
                  topic, partition, key.getBytes(UTF_8), serializer.serialize(topic, value)))
          .get();
    }
  }

  /** What stands in llm.control. */
  List<ControlRecord> controls() {
    return read(topics.control().name(), ControlRecord.class);
  }

  /** All records of llm.jobs of that batch, in order. */
  List<JobRecord> history(String batchId) {
    return read(topics.jobs().name(), JobRecord.class).stream()
        .filter(record -> record.getBatchId().equals(batchId))
        .toList();
  }

  /** The last record of each batch. */
  Map<String, JobRecord> jobs() {
    Map<String, JobRecord> last = new LinkedHashMap<>();
    read(topics.jobs().name(), JobRecord.class).forEach(job -> last.put(job.getBatchId(), job));
    return last;
  }

  /** The last record of each scope. */
  Map<String, QuotaRecord> quotas() {
    Map<String, QuotaRecord> last = new LinkedHashMap<>();
    read(topics.quotas().name(), QuotaRecord.class)
        .forEach(quota -> last.put(quota.getScope(), quota));
    return last;
  }

  List<JobEnded> ends() {
    return read(topics.completions().name(), JobEnded.class);
  }

  List<SealedBatch> batches() {
    return read(topics.batches().name(), SealedBatch.class);
  }

  private <T extends SpecificRecord> List<T> read(String topic, Class<T> type) {
    try (var values = serdes.deserializer(type)) {
      List<T> all = new ArrayList<>();
      new RecordsReader(kafka.bootstrapServers())
          .read(topic, new ByteArrayDeserializer(), values)
          .forEach(record -> all.add(record.value()));
      return all;
    }
  }

  @Override
  public void close() {
    producer.close();
    serdes.close();
  }
}
