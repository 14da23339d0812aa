package dev.offpeak.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.offpeak.runtime.config.load.ConfigLoader;
import dev.offpeak.runtime.health.Health;
import dev.offpeak.runtime.lifecycle.ServiceContext;
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
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls that go through, against a provider that says what it was sent. Needs no Kafka. */
class ProxyTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CHAT = "/v1/chat/completions";
  private static final String BODY =
      "{ \"model\" :\"gpt-4o\",\n \"messages\":[{\"role\":\"user\",\"content\":\"\\u00e9\"}] }";
  private static final String ODD_ANSWER = "{\"id\" : \"chatcmpl-1\",\n\n  \"n\": 1.50 }\n";

  /** What the provider was sent. */
  private record Sent(String method, String uri, Map<String, String> headers, String body) {}

  @FunctionalInterface
  private interface Provider {
    void answer(HttpExchange exchange) throws IOException, InterruptedException;
  }

  @TempDir Path folder;

  private final HttpClient client = HttpClient.newHttpClient();
  private final BlockingQueue<Sent> sent = new LinkedBlockingQueue<>();
  private volatile Provider provider = exchange -> answer(exchange, 200, ODD_ANSWER);
  private HttpServer upstream;
  private IngestService gateway;

  @BeforeEach
  void start() throws IOException {
    upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    upstream.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    upstream.createContext("/", this::handle);
    upstream.start();
    gateway = gateway(upstream.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    gateway.close();
    upstream.stop(0);
    client.close();
  }

  @Test
  void aCallGoesThroughByteForByteWithTheKeyOfTheAccount() throws Exception {
    HttpResponse<String> answer =
        post(CHAT, BODY, "Authorization", "Bearer the-client's", "OpenAI-Organization", "org-x");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(ODD_ANSWER);
    assertThat(answer.headers().firstValue("x-request-id")).hasValue("req-of-the-provider");
    assertThat(answer.headers().map()).doesNotContainKeys("set-cookie", "openai-organization");
    Sent call = sent.take();
    assertThat(call.uri()).isEqualTo("/v1/chat/completions");
    assertThat(call.body()).isEqualTo(BODY);
    assertThat(call.headers())
        .containsEntry("Authorization", "Bearer sk-of-openai")
        .containsEntry("Accept-encoding", "identity")
        .doesNotContainKey("Openai-organization");
  }

  @ParameterizedTest
  @CsvSource({
    "/chat/completions, gpt-4o, /v1/chat/completions",
    "/openai/v1/embeddings, gpt-4o, /v1/embeddings",
    "/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21, , /v1/chat/completions",
    "/v1/moderations, , /v1/moderations",
    "/v1/messages, claude-x, /v1/messages",
    "/v1/messages/count_tokens, claude-x, /v1/messages/count_tokens",
    "/v1beta/models/gemini-x:streamGenerateContent?alt=sse&key=mine, ,"
        + " /v1beta/models/gemini-x:streamGenerateContent?alt=sse",
    "/v1beta/models/gemini-x:embedContent, , /v1beta/models/gemini-x:embedContent"
  })
  void eachSpellingOfAPathLeadsToTheProvidersOwn(String path, String model, String expected)
      throws Exception {
    String body = model == null ? "{\"input\": []}" : "{\"model\": \"%s\"}".formatted(model);

    assertThat(post(path, body).statusCode()).isEqualTo(200);
    assertThat(sent.take().uri()).isEqualTo(expected);
  }

  @Test
  void anAnthropicCallKeepsItsEditionAndGetsTheUsualOneWithoutOne() throws Exception {
    String body = "{\"model\":\"claude-x\"}";
    post("/v1/messages", body, "anthropic-version", "2026-10-21", "anthropic-beta", "b1,b2");
    assertThat(sent.take().headers())
        .containsEntry("Anthropic-version", "2026-10-21")
        .containsEntry("Anthropic-beta", "b1,b2");

    post("/v1/messages", body, "x-api-key", "the-client's");
    assertThat(sent.take().headers())
        .containsEntry("Anthropic-version", "2023-06-01")
        .containsEntry("Authorization", "Bearer sk-of-anthropic")
        .doesNotContainKey("X-api-key");
  }

  @Test
  void aStreamComesPieceByPiece() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    provider =
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "text/event-stream; charset=utf-8");
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write("data: {\"n\":1}\n\n".getBytes(UTF_8));
          exchange.getResponseBody().flush();
          // The rest comes only when the client has the first piece.
          assertThat(seen.await(Patience.LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
          exchange.getResponseBody().write("data: [DONE]\n\n".getBytes(UTF_8));
          exchange.close();
        };

    HttpResponse<InputStream> answer =
        client.send(request(CHAT, BODY).build(), BodyHandlers.ofInputStream());
    try (InputStream body = answer.body()) {
      assertThat(new String(body.readNBytes(15), UTF_8)).isEqualTo("data: {\"n\":1}\n\n");
      seen.countDown();
      assertThat(new String(body.readAllBytes(), UTF_8)).isEqualTo("data: [DONE]\n\n");
    }
    assertThat(answer.headers().firstValue("content-type"))
        .hasValue("text/event-stream; charset=utf-8");
  }

  @Test
  void aClientThatGoesAwayEndsTheCallAtTheProvider() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    provider =
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
          exchange.sendResponseHeaders(200, 0);
          byte[] event = ("data: " + "x".repeat(10_000) + "\n\n").getBytes(UTF_8);
          try {
            while (true) {
              exchange.getResponseBody().write(event);
              exchange.getResponseBody().flush();
            }
          } catch (IOException e) {
            ended.countDown();
          }
        };

    HttpResponse<InputStream> answer =
        client.send(request(CHAT, BODY).build(), BodyHandlers.ofInputStream());
    assertThat(answer.body().read()).isEqualTo('d');
    answer.body().close();

    assertThat(ended.await(Patience.LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aStreamThatBreaksOffSaysSoInTheStream() throws Exception {
    provider =
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
          exchange.sendResponseHeaders(200, 1_000);
          exchange.getResponseBody().write("event: ping\ndata: {}\n\n".getBytes(UTF_8));
          exchange.getResponseBody().flush();
          throw new IOException("cut");
        };

    assertThat(post("/v1/messages", "{\"model\":\"claude-x\"}").body())
        .startsWith("event: ping\ndata: {}\n\n")
        .contains("\nevent: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\"")
        .endsWith("}\n\n");
  }

  @Test
  void aModelThatNobodyTakesIsRefusedInTheDialectOfTheCall() throws Exception {
    JsonNode openai = JSON.readTree(post(CHAT, "{\"model\":\"nobody's\"}").body());
    assertThat(openai.at("/error/code").asText()).isEqualTo("model_not_found");
    assertThat(openai.at("/error/param").asText()).isEqualTo("model");

    JsonNode anthropic = JSON.readTree(post("/v1/messages", "{\"model\":\"nobody's\"}").body());
    assertThat(anthropic.path("type").asText()).isEqualTo("error");
    assertThat(anthropic.at("/error/type").asText()).isEqualTo("not_found_error");

    JsonNode gemini = JSON.readTree(post("/v1beta/models/nobody:generateContent", "{}").body());
    assertThat(gemini.at("/error/code").asInt()).isEqualTo(404);
    assertThat(gemini.at("/error/status").asText()).isEqualTo("NOT_FOUND");
    assertThat(sent).isEmpty();
  }

  @Test
  void aBodyThatIsNoJsonOrNamesNoModelIsRefused() throws Exception {
    assertThat(JSON.readTree(post(CHAT, "[1]").body()).at("/error/code").asText())
        .isEqualTo("invalid_json");
    assertThat(JSON.readTree(post(CHAT, "{}").body()).at("/error/code").asText())
        .isEqualTo("missing_required_parameter");
  }

  @Test
  void whatAProviderRefusesComesBackAsItIsButForOurOwnKey() throws Exception {
    String words = "{\"error\":{\"message\":\"slow down\",\"type\":\"requests\"}}";
    provider =
        exchange -> {
          exchange.getResponseHeaders().add("Retry-After", "7");
          answer(exchange, 429, words);
        };
    HttpResponse<String> limited = post(CHAT, BODY);
    assertThat(limited.statusCode()).isEqualTo(429);
    assertThat(limited.body()).isEqualTo(words);
    assertThat(limited.headers().firstValue("retry-after")).hasValue("7");

    provider = exchange -> answer(exchange, 401, "{\"error\":{\"message\":\"key sk-of-o***\"}}");
    HttpResponse<String> refused = post(CHAT, BODY);
    assertThat(refused.statusCode()).isEqualTo(502);
    assertThat(refused.body()).contains("upstream_account").doesNotContain("sk-of");
    assertThat(refused.headers().firstValue("x-should-retry")).hasValue("false");
  }

  @Test
  void aProviderThatIsNotThereIsSaidToBeTriedAgain() throws Exception {
    upstream.stop(0);

    HttpResponse<String> answer = post(CHAT, BODY);

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("upstream_unavailable");
    assertThat(answer.headers().firstValue("retry-after")).hasValue("1");
    assertThat(answer.headers().firstValue("x-should-retry")).isEmpty();
  }

  @Test
  void modelsAreThoseOfTheProviderWhoseDialectIsSpoken() throws Exception {
    assertThat(get("/v1/models").statusCode()).isEqualTo(200);
    assertThat(sent.take())
        .satisfies(
            call -> {
              assertThat(call.method()).isEqualTo("GET");
              assertThat(call.uri()).isEqualTo("/v1/models");
              assertThat(call.headers()).containsEntry("Authorization", "Bearer sk-of-openai");
            });
    get("/v1/models", "anthropic-version", "2023-06-01");
    assertThat(sent.take().headers()).containsEntry("Authorization", "Bearer sk-of-anthropic");
    get("/v1beta/models?pageSize=2");
    assertThat(sent.take().uri()).isEqualTo("/v1beta/models?pageSize=2");
  }

  private IngestService gateway(int port) throws IOException {
    String account =
        "  %s: {provider: %s, base-url: \"http://127.0.0.1:%d%s\", api-key: env:KEY_%s,"
            + " models: [\"%s\"]}\n";
    String yaml =
        "kafka: {bootstrap-servers: \"127.0.0.1:1\"}\napi: {port: 0}\naccounts:\n"
            + account.formatted("o", "openai", port, "/v1", "O", "gpt-*\", \"omni-*")
            + account.formatted("a", "anthropic", port, "", "A", "claude-*")
            + account.formatted("g", "gemini", port, "", "G", "gemini-*");
    Path file = Files.writeString(folder.resolve("gateway.yaml"), yaml);
    Map<String, String> keys =
        Map.of("KEY_O", "sk-of-openai", "KEY_A", "sk-of-anthropic", "KEY_G", "key-of-gemini");
    IngestService service =
        IngestModule.create(
            ConfigLoader.load(IngestConfig.class, file, keys),
            ServiceContext.ofSystem(new Health(), new SimpleMeterRegistry(), _ -> {}));
    service.start();
    return service;
  }

  private void handle(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new java.util.HashMap<>();
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    sent.add(
        new Sent(exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, body));
    try {
      provider.answer(exchange);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.getResponseHeaders().add("x-request-id", "req-of-the-provider");
    exchange.getResponseHeaders().add("Set-Cookie", "a=b");
    exchange.getResponseHeaders().add("openai-organization", "ours");
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private HttpRequest.Builder request(String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    return headers.length == 0 ? request : request.headers(headers);
  }

  private HttpResponse<String> post(String path, String body, String... headers)
      throws IOException, InterruptedException {
    return client.send(request(path, body, headers).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    return client.send(request(path, "", headers).GET().build(), BodyHandlers.ofString());
  }
}
