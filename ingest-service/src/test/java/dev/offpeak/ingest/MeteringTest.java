package dev.offpeak.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.offpeak.ingest.auth.ApiKeys;
import dev.offpeak.ingest.auth.Caller;
import dev.offpeak.ingest.config.ListenConfig;
import dev.offpeak.ingest.config.ProxyConfig;
import dev.offpeak.ingest.http.Bodies;
import dev.offpeak.ingest.http.BodyBounds;
import dev.offpeak.ingest.http.Entrance;
import dev.offpeak.ingest.http.IngestServer;
import dev.offpeak.ingest.metering.Metering;
import dev.offpeak.ingest.metering.UsageQueue;
import dev.offpeak.ingest.metrics.IngestMeters;
import dev.offpeak.ingest.proxy.ProxyRoutes;
import dev.offpeak.provider.account.AccountConfig;
import dev.offpeak.provider.price.PriceLists;
import dev.offpeak.runtime.config.load.ConfigLoader;
import dev.offpeak.schemas.avro.UsageMode;
import dev.offpeak.schemas.avro.UsageRecord;
import dev.offpeak.testkit.time.Patience;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What calls at once have used stands in llm.usage. Needs no Kafka. */
class MeteringTest {

  private static final String CHAT = "/v1/chat/completions";
  private static final String BODY = "{\"model\":\"gpt-4o-mini\"}";

  @TempDir Path folder;

  private final BlockingQueue<UsageRecord> written = new LinkedBlockingQueue<>();
  private final SimpleMeterRegistry measured = new SimpleMeterRegistry();
  private final HttpClient client = HttpClient.newHttpClient();
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private volatile Provider provider = _ -> {};
  private UsageQueue queue;
  private HttpServer upstream;
  private IngestServer gateway;

  @FunctionalInterface
  private interface Provider {
    void answer(HttpExchange exchange) throws IOException, InterruptedException;
  }

  @BeforeEach
  void start() throws IOException {
    upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    upstream.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    upstream.createContext("/", this::handle);
    upstream.start();
    IngestMeters meters = new IngestMeters(measured);
    queue =
        new UsageQueue(
            "llm.usage",
            producer,
            (_, record) -> {
              written.add(record);
              return new byte[0];
            },
            meters);
    queue.start();
    ProxyRoutes routes =
        ProxyRoutes.create(
            accounts(upstream.getAddress().getPort()),
            ConfigLoader.with(ProxyConfig.class, Map.of()),
            new Entrance(ApiKeys.of(Map.of("a-key-of-sixteen", new Caller("k", "acme", false)))),
            1,
            new Bodies(new BodyBounds(Duration.ofMinutes(1), 0, 250), 1 << 20, () -> false),
            client,
            null,
            new Metering(PriceLists.builtIn(), queue, Clock.systemUTC()),
            null);
    gateway =
        IngestServer.start(
            ConfigLoader.with(ListenConfig.class, Map.of("port", "0")), List.of(routes), meters);
  }

  @AfterEach
  void stop() {
    gateway.close();
    queue.close();
    upstream.stop(0);
    client.close();
  }

  @Test
  void anAnswerIsBookedWithItsCostAndWhoPays() throws Exception {
    provider =
        whole(
            "application/json",
            "{\"model\":\"gpt-4o-mini-2024-07-18\",\"usage\":{\"prompt_tokens\":1000,"
                + "\"completion_tokens\":100}}");

    post(CHAT, BODY, "x-offpeak-label-team", "search", "x-offpeak-label-feature", "titles");

    UsageRecord usage = usage();
    assertThat(usage.getMode()).isEqualTo(UsageMode.LIVE);
    assertThat(usage.getTenant()).isEqualTo("acme");
    assertThat(usage.getTeam()).isEqualTo("search");
    assertThat(usage.getFeature()).isEqualTo("titles");
    assertThat(usage.getAccount()).isEqualTo("o");
    assertThat(usage.getEndpoint()).isEqualTo(CHAT);
    assertThat(usage.getModel()).isEqualTo("gpt-4o-mini");
    assertThat(usage.getRequests()).isOne();
    assertThat(usage.getUsage().getInput()).isEqualTo(1000);
    // 0.15 and 0.60 USD a million tokens.
    assertThat(usage.getCostPicoUsd()).isEqualTo(1000 * 150_000L + 100 * 600_000L);
    assertThat(usage.getSyncCostPicoUsd()).isEqualTo(usage.getCostPicoUsd());
    queue.close();
    assertThat(measured.counter("offpeak.ingest.usage", "result", "written").count()).isOne();
  }

  @Test
  void streamsOfAllDialectsAreBooked() throws Exception {
    String events = "text/event-stream";
    provider =
        whole(
            events,
            "data: {\"choices\":[]}\n\ndata: {\"usage\":{\"prompt_tokens\":5,"
                + "\"completion_tokens\":2}}\n\ndata: [DONE]\n\n");
    assertThat(post(CHAT, BODY)).endsWith("data: [DONE]\n\n");
    assertThat(usage().getUsage().getOutput()).isEqualTo(2);

    provider =
        whole(
            events,
            "event: message_start\ndata: {\"message\":{\"usage\":{\"input_tokens\":7,"
                + "\"output_tokens\":1}}}\n\nevent: message_delta\ndata: {\"usage\":{"
                + "\"output_tokens\":9}}\n\n");
    post("/v1/messages", "{\"model\":\"claude-haiku-4-5\",\"stream\":true}");
    UsageRecord message = usage();
    assertThat(message.getUsage().getInput()).isEqualTo(7);
    assertThat(message.getUsage().getOutput()).isEqualTo(9);
    assertThat(message.getCostPicoUsd()).isPositive();

    provider =
        whole(
            events,
            "data: {\"usageMetadata\":{\"promptTokenCount\":3,\"candidatesTokenCount\":4}}\n\n");
    post("/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse", "{}");
    UsageRecord content = usage();
    assertThat(content.getEndpoint()).isEqualTo("generateContent");
    assertThat(content.getUsage().getOutput()).isEqualTo(4);
    assertThat(content.getCostPicoUsd()).isPositive();
  }

  @Test
  void whatIsNotToldIsUnpricedAndRefusalsAreNotBooked() throws Exception {
    provider = exchange -> answer(exchange, 429, "application/json", "{\"error\":{}}");
    post(CHAT, BODY);
    provider = whole("application/json", "{\"input_tokens\":3}");
    post("/v1/messages/count_tokens", "{\"model\":\"claude-haiku-4-5\"}");
    provider = whole("text/event-stream", "data: {\"choices\":[],\"usage\":null}\n\n");
    post(CHAT, BODY);

    UsageRecord usage = usage();
    assertThat(usage.getEndpoint()).isEqualTo(CHAT);
    assertThat(usage.getCostPicoUsd()).isNull();
    assertThat(usage.getRequests()).isOne();
    assertThat(written).isEmpty();
  }

  @Test
  void ofAClientThatGoesAwayWhatIsKnownIsBookedOnce() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    provider =
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
          exchange.sendResponseHeaders(200, 0);
          var out = exchange.getResponseBody();
          String start =
              "event: message_start\ndata: {\"message\":{\"usage\":{\"input_tokens\":7,"
                  + "\"output_tokens\":1}}}\n\n";
          try {
            out.write(start.getBytes(UTF_8));
            while (true) {
              out.write(("data: {\"text\":\"" + "x".repeat(10_000) + "\"}\n\n").getBytes(UTF_8));
              out.flush();
            }
          } catch (IOException e) {
            ended.countDown();
          }
        };

    InputStream answer =
        client
            .send(
                request("/v1/messages", "{\"model\":\"claude-haiku-4-5\"}"),
                BodyHandlers.ofInputStream())
            .body();
    assertThat(answer.read()).isEqualTo('e');
    answer.close();

    UsageRecord usage = usage();
    assertThat(usage.getUsage().getInput()).isEqualTo(7);
    assertThat(usage.getCostPicoUsd()).as("the rest is not known").isNull();
    assertThat(ended.await(Patience.LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(written).isEmpty();
  }

  @Test
  void aCallGoesOnWhenItsUsageCanNotBeWritten() throws Exception {
    producer.sendException = new IllegalStateException("no Kafka");
    provider = whole("application/json", "{\"usage\":{\"prompt_tokens\":1}}");

    assertThat(post(CHAT, BODY)).startsWith("{\"usage\"");

    usage();
    queue.close();
    assertThat(measured.counter("offpeak.ingest.usage", "result", "lost").count()).isOne();
  }

  private UsageRecord usage() throws InterruptedException {
    UsageRecord next = written.poll(Patience.LONG.toSeconds(), TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return next;
  }

  private Map<String, AccountConfig> accounts(int port) throws IOException {
    String account =
        "  %s: {provider: %s, base-url: \"http://127.0.0.1:%d%s\", api-key: env:KEY,"
            + " models: [\"%s\"]}\n";
    String yaml =
        "kafka: {bootstrap-servers: \"127.0.0.1:1\"}\naccounts:\n"
            + account.formatted("o", "openai", port, "/v1", "gpt-*")
            + account.formatted("a", "anthropic", port, "", "claude-*")
            + account.formatted("g", "gemini", port, "", "gemini-*");
    Path file = Files.writeString(folder.resolve("gateway.yaml"), yaml);
    return ConfigLoader.load(IngestConfig.class, file, Map.of("KEY", "sk-ours")).accounts();
  }

  private void handle(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    try {
      provider.answer(exchange);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Provider whole(String type, String body) {
    return exchange -> answer(exchange, 200, type, body);
  }

  private static void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    exchange.getResponseHeaders().add("Content-Type", type);
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private HttpRequest request(String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer a-key-of-sixteen")
            .POST(BodyPublishers.ofString(body));
    return (headers.length == 0 ? request : request.headers(headers)).build();
  }

  private String post(String path, String body, String... headers)
      throws IOException, InterruptedException {
    return client.send(request(path, body, headers), BodyHandlers.ofString()).body();
  }
}
