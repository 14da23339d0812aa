package dev.offpeak.batcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.testkit.broker.TestKafka;
import dev.offpeak.testkit.broker.WithKafka;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What the batcher needs is away, or another instance is. */
@WithKafka
@Execution(ExecutionMode.CONCURRENT)
class BatcherTroubleIT {

  private static final String PATIENT = "linger: 1h, flush-quiet: 200ms";

  @TempDir Path folder;

  @Test
  void aRegistryThatIsAwayHoldsRequestsUpAndLosesNone(TestKafka kafka) throws IOException {
    var back = new AtomicBoolean();
    HttpServer registry = registry(back);
    String url = "http://127.0.0.1:" + registry.getAddress().getPort();
    try (var batcher = new RunningBatcher(kafka, folder, url, PATIENT)) {
      batcher.startOnly();
      await()
          .atMost(RunningBatcher.PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(batcher.health().readiness().entries().toString())
                      .contains("reason=the schema registry can't be asked")
                      .contains(batcher.topics.lanes().name()));
      for (int i = 0; i < 4; i++) {
        batcher.request(BatcherDriver.chatLine("id-" + i, "{\"model\":\"gpt-5\"}"));
      }

      back.set(true);

      await()
          .atMost(RunningBatcher.PATIENCE)
          .untilAsserted(() -> assertThat(batcher.read(batcher.topics.batches())).hasSize(1));
      assertThat(batcher.read(batcher.topics.lanes())).hasSize(4);
      assertThat(batcher.read(batcher.topics.failures())).isEmpty();
      assertThat(batcher.failure.get()).isNull();
    } finally {
      registry.stop(0);
    }
  }

  @Test
  void anotherInstanceTakesOverOpenBatches(TestKafka kafka) throws IOException {
    Path one = Files.createDirectory(folder.resolve("one"));
    Path two = Files.createDirectory(folder.resolve("two"));
    String registry = "mock://" + kafka.prefix();
    try (var first = new RunningBatcher(kafka, one, registry, PATIENT);
        var second = new RunningBatcher(kafka, two, registry, PATIENT)) {
      first.start();
      for (int i = 0; i < 3; i++) {
        first.request(BatcherDriver.chatLine("id-" + i, "{\"model\":\"gpt-5\"}"));
      }
      await()
          .atMost(RunningBatcher.PATIENCE)
          .untilAsserted(() -> assertThat(first.read(first.topics.lanes())).hasSize(3));

      second.start();
      first.stop();
      second.request(BatcherDriver.chatLine("id-3", "{\"model\":\"gpt-5\"}"));

      assertThat(second.batchesOf(4)).extracting(SealedBatch::getRequests).containsExactly(4);
    }
  }

  @Test
  void aTopicThatRefusesAFailureIsNamedWithTheCommandThatMendsIt(TestKafka kafka) throws Exception {
    try (var batcher = new RunningBatcher(kafka, folder, "mock://" + kafka.prefix(), PATIENT);
        var admin = Admin.create(kafka.clientProperties())) {
      batcher.start();
      String failures = batcher.topics.failures().name();
      cleanup(admin, failures, "compact");
      batcher.keyless("not a request");
      await()
          .atMost(RunningBatcher.PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(batcher.health().readiness().entries().toString())
                      .contains("kafka-configs.sh --alter --entity-type topics --entity-name")
                      .contains(failures + " --add-config cleanup.policy=delete"));
      assertThat(batcher.health().liveness().isOk()).isTrue();

      cleanup(admin, failures, "delete");

      await()
          .atMost(RunningBatcher.PATIENCE)
          .untilAsserted(() -> assertThat(batcher.read(batcher.topics.failures())).hasSize(1));
    }
  }

  private static void cleanup(Admin admin, String topic, String policy) throws Exception {
    admin
        .incrementalAlterConfigs(
            Map.of(
                new ConfigResource(ConfigResource.Type.TOPIC, topic),
                List.of(
                    new AlterConfigOp(
                        new ConfigEntry("cleanup.policy", policy), AlterConfigOp.OpType.SET))))
        .all()
        .get();
  }

  /** Answers 503 until it is back; then it has one schema, whatever it is asked for. */
  private static HttpServer registry(AtomicBoolean back) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> answer(exchange, back.get()));
    server.start();
    return server;
  }

  private static void answer(HttpExchange exchange, boolean back) throws IOException {
    try (exchange) {
      byte[] body = "{\"id\":1}".getBytes(UTF_8);
      exchange.sendResponseHeaders(back ? 200 : 503, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
