package dev.offpeak.results.world;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.core.lane.Lane;
import dev.offpeak.core.lane.Provider;
import dev.offpeak.core.seal.Manifest;
import dev.offpeak.provider.account.AccountConfig;
import dev.offpeak.results.ResultsConfig;
import dev.offpeak.runtime.config.Secret;
import dev.offpeak.schemas.avro.AdmittedRequest;
import dev.offpeak.schemas.avro.ControlRecord;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.avro.SealedBecause;
import dev.offpeak.schemas.serde.SerdeFactory;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes requests that are to be called synchronously, as the batcher would. */
public final class UrgentAsks implements AutoCloseable {

  private static final Map<Provider, Lane> LANES = new LinkedHashMap<>();

  static {
    LANES.put(Provider.OPENAI, Installation.LANE);
    LANES.put(Provider.ANTHROPIC, Lane.of(Provider.ANTHROPIC, "claude", "/v1/messages", ""));
    LANES.put(
        Provider.GEMINI, Lane.of(Provider.GEMINI, "google", "generateContent", "gemini-2.5-flash"));
  }

  private final Installation installation;
  private final SerdeFactory serdes;
  private final KafkaProducer<byte[], byte[]> producer;
  private int batches;

  /** For that installation. */
  public UrgentAsks(Installation installation) {
    this.installation = installation;
    this.serdes = SerdeFactory.of(Map.of("schema.registry.url", installation.registryUrl()));
    this.producer =
        new KafkaProducer<>(
            installation.kafka().clientProperties(),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** The installation's settings with an account of each provider, all at that simulator. */
  public static ResultsConfig config(Installation installation, URI root) {
    Map<String, AccountConfig> accounts =
        new TreeMap<>(Map.of(Installation.ACCOUNT, installation.accountConfig()));
    Secret key = new Secret("test", "sk-test");
    accounts.put("claude", AccountConfig.of(Provider.ANTHROPIC).withBaseUrl(root).withKey(key));
    accounts.put("google", AccountConfig.of(Provider.GEMINI).withBaseUrl(root).withKey(key));
    return RunningService.withAccounts(RunningService.config(installation), accounts);
  }

  /** Writes a request of that provider to partition 0 of llm.lanes and of llm.urgent. */
  public void send(Provider provider, String customId, String prompt, Instant deadline)
      throws Exception {
    send(provider, customId, prompt, deadline, batch -> batch);
  }

  /** Writes what no batcher would write, to the same places. */
  public void send(Provider provider, Instant deadline, UnaryOperator<SealedBatch.Builder> changes)
      throws Exception {
    send(provider, "broken", "Say nothing", deadline, changes);
  }

  private void send(
      Provider provider,
      String customId,
      String prompt,
      Instant deadline,
      UnaryOperator<SealedBatch.Builder> changes)
      throws Exception {
    Lane lane = LANES.get(provider);
    String topic = installation.topics().lanes().name();
    byte[] value =
        serdes
            .serializer(AdmittedRequest.class)
            .serialize(topic, admitted(lane, customId, body(provider, prompt), deadline));
    var admitted = new ProducerRecord<>(topic, 0, lane.id().getBytes(UTF_8), value);
    admitted.headers().add(new RecordHeader("offpeak-key", ("key-" + customId).getBytes(UTF_8)));
    RecordMetadata place = producer.send(admitted).get();
    String urgent = installation.topics().urgent().name();
    byte[] sealed =
        serdes
            .serializer(SealedBatch.class)
            .serialize(urgent, changes.apply(sealed(lane, place.offset(), deadline)).build());
    producer.send(new ProducerRecord<>(urgent, 0, lane.scope().getBytes(UTF_8), sealed)).get();
  }

  /** Writes what an operator wants. */
  public void want(ControlRecord.Builder command) throws Exception {
    String topic = installation.topics().control().name();
    byte[] value =
        serdes
            .serializer(ControlRecord.class)
            .serialize(topic, command.setIssuedAt(Clock.systemUTC().instant()).build());
    producer.send(new ProducerRecord<>(topic, 0, null, value)).get();
  }

  private static AdmittedRequest admitted(
      Lane lane, String customId, String body, Instant deadline) {
    String original = "{\"custom_id\":\"" + customId + "\",\"body\": " + body + "}";
    int start = original.length() - 1 - body.length();
    return AdmittedRequest.newBuilder()
        .setCustomId(customId)
        .setTenant("acme")
        .setAttempt(1)
        .setProvider(lane.provider().id())
        .setAccount(lane.account())
        .setEndpoint(lane.endpoint())
        .setModel(lane.model().isEmpty() ? "claude-haiku-4-5" : lane.model())
        .setLabels(Map.of("team", "search"))
        .setDeadline(deadline)
        .setAdmittedAt(Ask.ADMITTED)
        .setSourcePartition(1)
        .setSourceOffset(7)
        .setEstimatedTokens(10)
        .setBodyHash(customId.hashCode())
        .setCompactLength(body.length())
        .setBodyStart(start)
        .setBodyLength(body.length())
        .setOriginal(ByteBuffer.wrap(original.getBytes(UTF_8)))
        .build();
  }

  private SealedBatch.Builder sealed(Lane lane, long offset, Instant deadline) {
    return SealedBatch.newBuilder()
        .setBatchId("01URGENT" + batches++)
        .setScope(lane.scope())
        .setLane(lane.id())
        .setProvider(lane.provider().id())
        .setAccount(lane.account())
        .setEndpoint(lane.endpoint())
        .setModel(lane.model())
        .setLanePartition(0)
        .setPositions(ByteBuffer.wrap(Manifest.of(0, offset).encode()))
        .setRequests(1)
        .setBytes(0)
        .setEstimatedTokens(0)
        .setReason(SealedBecause.DEADLINE)
        .setOpenedAt(Ask.ADMITTED)
        .setSealedAt(Ask.ADMITTED)
        .setDeadline(deadline);
  }

  private static String body(Provider provider, String prompt) {
    String turn = "\"role\":\"user\",\"content\":\"" + prompt + "\"";
    return switch (provider.id()) {
      case "openai" -> "{\"model\":\"" + Installation.MODEL + "\",\"messages\":[{" + turn + "}]}";
      case "anthropic" ->
          "{\"model\":\"claude-haiku-4-5\",\"max_tokens\":64,\"messages\":[{" + turn + "}]}";
      default -> "{\"contents\":[{\"parts\":[{\"text\":\"" + prompt + "\"}]}]}";
    };
  }

  @Override
  public void close() {
    producer.close();
    serdes.close();
  }
}
