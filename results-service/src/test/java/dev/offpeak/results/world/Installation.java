package dev.offpeak.results.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.offpeak.core.lane.Lane;
import dev.offpeak.core.lane.Provider;
import dev.offpeak.core.provider.InputFile;
import dev.offpeak.core.provider.ProviderJob;
import dev.offpeak.core.seal.Manifest;
import dev.offpeak.provider.Answer;
import dev.offpeak.provider.BatchProvider;
import dev.offpeak.provider.CreateJob;
import dev.offpeak.provider.account.Account;
import dev.offpeak.provider.account.AccountConfig;
import dev.offpeak.provider.account.Accounts;
import dev.offpeak.provider.adapter.BatchProviders;
import dev.offpeak.provider.adapter.BuiltInProviders;
import dev.offpeak.runtime.config.Secret;
import dev.offpeak.schemas.avro.AdmittedRequest;
import dev.offpeak.schemas.avro.EndedAs;
import dev.offpeak.schemas.avro.JobEnded;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.avro.SealedBecause;
import dev.offpeak.schemas.serde.SerdeFactory;
import dev.offpeak.schemas.topic.TopicRequirements;
import dev.offpeak.schemas.topic.TopicSetup;
import dev.offpeak.schemas.topic.Topics;
import dev.offpeak.testkit.broker.TestKafka;
import dev.offpeak.testkit.time.Patience;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Everything of an installation but the results-service: topics, a provider at an address, and what
 * batcher and submitter would write.
 */
public final class Installation implements AutoCloseable {

  public static final String ACCOUNT = "main";
  public static final String MODEL = "gpt-4o-mini";
  public static final String ENDPOINT = "/v1/chat/completions";
  public static final Lane LANE = Lane.of(Provider.OPENAI, ACCOUNT, ENDPOINT, MODEL);
  public static final int PARTITIONS = 3;

  private static final int LARGEST_RECORD = 1024 * 1024;
  private static final Duration PATIENCE = Patience.LONG;

  private final TestKafka kafka;
  private final String registryUrl;
  private final Topics topics;
  private final SerdeFactory serdes;
  private final KafkaProducer<byte[], byte[]> producer;
  private final HttpClient http = BatchProviders.newHttpClient();
  private final AccountConfig account;
  private final BatchProvider provider;
  private final Outcomes outcomes;
  private int batches;
  private long requests;

  /** An installation whose provider is at that address, its registry within the process. */
  public static Installation of(TestKafka kafka, URI providerUrl) {
    return new Installation(kafka, providerUrl, "mock://" + kafka.prefix());
  }

  /** The same with another registry. */
  public Installation(TestKafka kafka, URI providerUrl, String registryUrl) {
    this.kafka = kafka;
    this.registryUrl = registryUrl;
    this.topics = Topics.withPrefix(kafka.prefix());
    this.serdes = SerdeFactory.of(Map.of("schema.registry.url", registryUrl));
    this.account =
        AccountConfig.of(Provider.OPENAI)
            .withBaseUrl(providerUrl)
            .withKey(new Secret("test", "sk-test"));
    this.provider = BatchProviders.of(account(), http, Clock.systemUTC());
    createTopics();
    Map<String, Object> properties = new HashMap<>(kafka.clientProperties());
    properties.put("max.request.size", 16 * LARGEST_RECORD);
    // On a partition that is just being made a later batch may overtake the first, and block it.
    properties.put("max.in.flight.requests.per.connection", 1);
    this.producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    this.outcomes = new Outcomes(kafka, topics, serdes);
  }

  private void createTopics() {
    try (Admin admin = Admin.create(kafka.clientProperties())) {
      new TopicSetup(
              admin,
              new TopicRequirements(
                  true, PARTITIONS, (short) 1, Duration.ofDays(3), 8 * LARGEST_RECORD + 65_536),
              Thread::sleep)
          .prepare(topics.all());
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** The names of its topics. */
  public Topics topics() {
    return topics;
  }

  /** The broker as this installation sees it. */
  public TestKafka kafka() {
    return kafka;
  }

  /** Where its schemas are. */
  public String registryUrl() {
    return registryUrl;
  }

  /** The configuration of its account. */
  public AccountConfig accountConfig() {
    return account;
  }

  /** Its account. */
  public Account account() {
    return Accounts.of(Map.of(ACCOUNT, account), BuiltInProviders.PROFILES)
        .find(ACCOUNT)
        .orElseThrow();
  }

  /** What has been published. */
  public Outcomes outcomes() {
    return outcomes;
  }

  /** The whole way of a batch up to the record of its end. */
  public Sealed run(int partition, List<Ask> asks) {
    Sealed batch = seal(partition, admit(partition, asks), asks);
    end(batch, submit(batch));
    return batch;
  }

  /** Writes requests to that partition of llm.lanes; returns their offsets. */
  public List<Long> admit(int partition, List<Ask> asks) {
    Serializer<AdmittedRequest> serializer = serdes.serializer(AdmittedRequest.class);
    String topic = topics.lanes().name();
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (Ask ask : asks) {
      byte[] value = serializer.serialize(topic, ask.admitted(requests++));
      sent.add(
          producer.send(
              new ProducerRecord<>(
                  topic, partition, LANE.id().getBytes(), value, ask.laneHeaders())));
    }
    return sent.stream().map(Installation::get).map(RecordMetadata::offset).toList();
  }

  /** Writes a manifest of these requests; lanes and batches share the partition's number here. */
  public Sealed seal(int partition, List<Long> offsets, List<Ask> asks) {
    String batchId = "01BATCH" + batches++;
    long[] positions = offsets.stream().mapToLong(Long::longValue).toArray();
    SealedBatch batch =
        SealedBatch.newBuilder()
            .setBatchId(batchId)
            .setScope(LANE.scope())
            .setLane(LANE.id())
            .setProvider("openai")
            .setAccount(ACCOUNT)
            .setEndpoint(ENDPOINT)
            .setModel(MODEL)
            .setLanePartition(partition)
            .setPositions(ByteBuffer.wrap(Manifest.of(partition, positions).encode()))
            .setRequests(positions.length)
            .setBytes(0)
            .setEstimatedTokens(0)
            .setReason(SealedBecause.LINGER)
            .setOpenedAt(Ask.ADMITTED)
            .setSealedAt(Ask.ADMITTED)
            .build();
    String topic = topics.batches().name();
    byte[] value = serdes.serializer(SealedBatch.class).serialize(topic, batch);
    RecordMetadata place = get(producer.send(new ProducerRecord<>(topic, partition, null, value)));
    return new Sealed(batchId, partition, place.offset(), partition, offsets, asks);
  }

  /** Has the provider run the batch; returns the ended job. */
  public ProviderJob submit(Sealed batch) {
    InputBytes input =
        InputBytes.of(
            provider.format(), LANE, batch.lanePartition(), batch.offsets(), batch.asks());
    InputFile file = ok(provider.upload(batch.batchId() + ".jsonl", input));
    Instant now = Clock.systemUTC().instant();
    CreateJob create =
        new CreateJob(batch.batchId(), LANE, file.id(), null, batch.asks().size(), now);
    String jobId = ok(provider.create(create)).id();
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(ok(provider.get(jobId)).phase().isFinal()).isTrue());
    return ok(provider.get(jobId));
  }

  /** Writes that the job has ended. */
  public void end(Sealed batch, ProviderJob job) {
    end(batch, job, ended -> ended);
  }

  /** The same with changes. */
  public void end(Sealed batch, ProviderJob job, UnaryOperator<JobEnded.Builder> changes) {
    end(
        batch,
        EndedAs.valueOf(job.phase().name()),
        ended ->
            changes.apply(
                ended
                    .setProviderJobId(job.id())
                    .setInputFileId(job.inputFileId())
                    .setOutputFileId(job.outputFileId())
                    .setErrorFileId(job.errorFileId())
                    .setAccountDigest(account().keyDigest())));
  }

  /** Writes the end of a batch, whatever became of it. */
  public void end(Sealed batch, EndedAs as, UnaryOperator<JobEnded.Builder> changes) {
    JobEnded.Builder ended =
        JobEnded.newBuilder()
            .setBatchId(batch.batchId())
            .setBatchPartition(batch.partition())
            .setBatchOffset(batch.offset())
            .setScope(LANE.scope())
            .setLane(LANE.id())
            .setProvider("openai")
            .setAccount(ACCOUNT)
            .setBaseUrl(account().baseUrl().toString())
            .setEndpoint(ENDPOINT)
            .setModel(MODEL)
            .setRequests(batch.asks().size())
            .setEnded(as)
            .setInvalidLines(List.of())
            .setEndedAt(Clock.systemUTC().instant());
    String topic = topics.completions().name();
    byte[] value = serdes.serializer(JobEnded.class).serialize(topic, changes.apply(ended).build());
    get(
        producer.send(
            new ProducerRecord<>(topic, batch.partition(), batch.batchId().getBytes(), value)));
  }

  /** Tells the simulator something, such as faults. */
  public void simulate(String path, String json) {
    send(HttpRequest.newBuilder(at(path)).POST(HttpRequest.BodyPublishers.ofString(json)).build());
  }

  /** What the simulator says. */
  public String ask(String path) {
    return send(HttpRequest.newBuilder(at(path)).build());
  }

  private URI at(String path) {
    return account().baseUrl().resolve(path);
  }

  private String send(HttpRequest request) {
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return answer.body();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("the simulator does not answer", e);
    }
  }

  private static <T> T ok(Answer<T> answer) {
    assertThat(answer).isInstanceOf(Answer.Ok.class);
    return ((Answer.Ok<T>) answer).value();
  }

  private static <T> T get(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException("not sent", e);
    }
  }

  @Override
  public void close() {
    producer.close();
    serdes.close();
    http.shutdownNow();
  }
}
