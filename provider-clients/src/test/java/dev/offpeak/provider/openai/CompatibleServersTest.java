package dev.offpeak.provider.openai;

import static dev.offpeak.provider.openai.OpenAiFixture.job;
import static dev.offpeak.provider.server.Fixture.error;
import static dev.offpeak.provider.server.Fixture.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.offpeak.core.lane.Edition;
import dev.offpeak.core.lane.LineShape;
import dev.offpeak.core.lane.Provider;
import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.provider.BatchProvider;
import dev.offpeak.provider.CallListener;
import dev.offpeak.provider.SyncCall;
import dev.offpeak.provider.account.Account;
import dev.offpeak.provider.account.AccountConfig;
import dev.offpeak.provider.account.AccountProblems;
import dev.offpeak.provider.account.AccountRouter;
import dev.offpeak.provider.account.Accounts;
import dev.offpeak.provider.account.CompatibleConfig;
import dev.offpeak.provider.account.Route;
import dev.offpeak.provider.account.WireConfig;
import dev.offpeak.provider.adapter.BatchProviders;
import dev.offpeak.provider.adapter.BuiltInProviders;
import dev.offpeak.provider.server.Fixture;
import dev.offpeak.provider.server.ScriptedServer;
import dev.offpeak.runtime.config.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The providers azure-openai and openai-compatible, as their accounts are configured. */
class CompatibleServersTest {

  private static final Provider AZURE = Provider.of("azure-openai");
  private static final Provider COMPATIBLE = Provider.of("openai-compatible");
  private static final String BATCH = "{\"id\":\"b\",\"status\":\"validating\"}";

  /** As little as a server can do that still has batches. */
  private static final CompatibleConfig POOR =
      new CompatibleConfig(
          List.of("/v4/chat/completions"), "none", "batch-api", false, false, false);

  private ScriptedServer server;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedServer();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void aCreateSaysWhatTheServerTakes() {
    server.thenAnswer(200, BATCH).thenAnswer(200, BATCH);
    ok(provider(config(COMPATIBLE)).create(job("file-1")));
    ok(provider(config(COMPATIBLE).withCompatible(POOR)).create(job("file-1")));

    assertThat(server.seen().getFirst().line()).isEqualTo("POST /v1/batches");
    assertThat(server.seen().getFirst().body())
        .contains("\"completion_window\":\"24h\"", "\"metadata\":{\"offpeak_batch\":\"01BATCH\"}");
    assertThat(server.seen().getLast().body())
        .contains("\"input_file_id\":\"file-1\"")
        .doesNotContain("completion_window", "metadata");
  }

  @Test
  void anUploadSaysWhatItIsFor() {
    server.thenAnswer(200, "{\"id\":\"file-1\",\"filename\":\"f.jsonl\",\"bytes\":2}");
    ok(provider(config(COMPATIBLE).withCompatible(POOR)).upload("f.jsonl", Fixture.payload("{}")));

    assertThat(server.seen().getFirst().body()).contains("\r\n\r\nbatch-api\r\n");
  }

  @Test
  void whatTheServerCanNotDoIsNotAskedOfIt() {
    BatchProvider poor = provider(config(COMPATIBLE).withCompatible(POOR));

    assertThat(ok(poor.findFiles("f.jsonl"))).isEmpty();
    assertThat(ok(poor.leftoverFiles("f"))).isEmpty();
    assertThat(ok(poor.leftoverJobs("f"))).isEmpty();
    assertThat(error(poor.findJobs(job("file-1"))))
        .as("not to find a batch would prove that there is none, and pay for it twice")
        .isInstanceOf(ProviderError.Rejected.class);
    assertThat(error(poor.delete("file-1"))).isInstanceOf(ProviderError.Rejected.class);
    assertThat(poor.recovery().burnable()).isFalse();
    assertThat(server.seen()).isEmpty();
  }

  @Test
  void listsThatAreBareAndJobsInAWrapperAreRead() {
    server
        .thenAnswer(200, "[{\"id\":\"b\",\"status\":\"COMPLETED\",\"input_file_id\":\"file-1\"}]")
        .thenAnswer(200, "{\"job\":{\"id\":\"b\",\"status\":\"IN_PROGRESS\"}}");
    BatchProvider provider = provider(config(COMPATIBLE));

    assertThat(ok(provider.findJobs(job("file-1")))).hasSize(1);
    assertThat(ok(provider.create(job("file-1"))).id()).isEqualTo("b");
  }

  @Test
  void aRequestGoesToAnAccountThatHasItsEndpoint() {
    Accounts accounts =
        accounts(
            Map.of(
                "plain", config(COMPATIBLE).withModels(List.of("llama-*")),
                "own", config(COMPATIBLE).withCompatible(POOR)));
    AccountRouter router = new AccountRouter(accounts);

    assertThat(to(router, "/v1/chat/completions", "llama-4", null)).isEqualTo("plain");
    assertThat(to(router, "/v4/chat/completions", "llama-4", null)).isEqualTo("own");
    assertThat(route(router, "/v1/embeddings", "llama-4", null))
        .isInstanceOfSatisfying(
            Route.Refused.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(FailureCode.UNSUPPORTED_ENDPOINT);
              assertThat(refused.message())
                  .contains("'/v1/embeddings'", "own [/v4/chat/completions]");
            });
    assertThat(route(router, "/v4/chat/completions", "llama-4", "plain"))
        .isInstanceOf(Route.Refused.class);
  }

  @ParameterizedTest
  @CsvSource({"24h, PT24H", "7d, P7D", "none, PT24H", "0d, PT24H", "soon, PT24H"})
  void theWindowThatIsAskedForIsTheLimit(String asked, Duration window) {
    CompatibleConfig server = new CompatibleConfig(List.of(), asked, "batch", true, true, true);

    assertThat(account(config(COMPATIBLE).withCompatible(server)).limits().window())
        .isEqualTo(window);
  }

  @ParameterizedTest
  @ValueSource(strings = {"chat", "/v1/\"x", "/v1/ x", "/ü", "/a\nb", ""})
  void whatIsNoEndpointIsRefused(String endpoint) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CompatibleConfig(List.of(endpoint), "24h", "batch", true, true, true))
        .withMessageContaining("endpoints has");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CompatibleConfig(List.of(), "2 4h", "batch", true, true, true))
        .withMessageContaining("completion-window");
  }

  @Test
  void everyProblemOfAnAccountIsToldAtOnce() {
    Map<String, AccountConfig> configs =
        Map.of(
            "a", AccountConfig.of(AZURE),
            "b", AccountConfig.of(AZURE).withBaseUrl(URI.create("https://x.example/openai")),
            "c", AccountConfig.of(Provider.GEMINI).withCompatible(POOR),
            "d", AccountConfig.of(Provider.of("opnai")));

    Assertions.assertThatExceptionOfType(AccountProblems.class)
        .isThrownBy(() -> accounts(configs))
        .satisfies(
            e ->
                assertThat(e.problems())
                    .hasSize(4)
                    .anyMatch(each -> each.contains("accounts.a.base-url is missing"))
                    .anyMatch(each -> each.contains("accounts.b.wire.api-version is missing"))
                    .anyMatch(each -> each.contains("accounts.c.compatible"))
                    .anyMatch(each -> each.contains("accounts.d.provider is 'opnai'")));
  }

  @ParameterizedTest
  @CsvSource({
    "https://x.openai.azure.com/, , https://x.openai.azure.com/openai/v1, /v1/chat/completions",
    "https://x.openai.azure.com, 2024-10-21, https://x.openai.azure.com/openai, /chat/completions",
    "https://x.openai.azure.com/openai/v1/, , https://x.openai.azure.com/openai/v1,"
        + " /v1/chat/completions",
    "https://gate.example/azure, 2024-10-21, https://gate.example/azure, /chat/completions",
  })
  void azuresAddressFollowsFromTheVersion(URI given, String version, URI taken, String url) {
    Account account =
        account(
            AccountConfig.of(AZURE)
                .withKey(new Secret("test", "k"))
                .withBaseUrl(given)
                .withWire(new WireConfig(null, version, null, null, null)));

    assertThat(account.baseUrl()).isEqualTo(taken);
    assertThat(account.hasBareEndpoints()).isEqualTo(url.equals("/chat/completions"));
  }

  @Test
  void azureGetsItsKeyItsVersionAndSynchronouslyItsDeployment() {
    server.thenAnswer(200, BATCH).thenAnswer(200, "{\"choices\":[{}]}");
    AccountConfig azure =
        config(AZURE)
            .withBaseUrl(server.url().resolve("/openai"))
            .withWire(new WireConfig(null, "2024-10-21", null, null, null));
    ok(provider(azure).create(job("file-1")));
    var _ =
        BatchProviders.sync(
                account(azure),
                BatchProviders.newHttpClient(),
                Fixture.CLOCK,
                Duration.ofSeconds(20),
                CallListener.NONE)
            .call(
                new SyncCall(
                    "0-0",
                    "/v1/chat/completions",
                    "my 4o",
                    Edition.USUAL,
                    "{}".getBytes(StandardCharsets.UTF_8),
                    Duration.ofSeconds(20)));

    assertThat(server.seen().getFirst().line())
        .isEqualTo("POST /openai/batches?api-version=2024-10-21");
    assertThat(server.seen().getFirst().header("api-key")).isEqualTo("sk-secret");
    assertThat(server.seen().getFirst().body()).contains("\"endpoint\":\"/chat/completions\"");
    assertThat(server.seen().getLast().line())
        .isEqualTo("POST /openai/deployments/my%204o/chat/completions?api-version=2024-10-21");
  }

  private static String to(AccountRouter router, String endpoint, String model, String wished) {
    return ((Route.To) route(router, endpoint, model, wished)).account().name();
  }

  private static Route route(AccountRouter router, String endpoint, String model, String wished) {
    return router.route(LineShape.OPENAI, endpoint, model, "default", wished, Set.of());
  }

  private AccountConfig config(Provider provider) {
    return AccountConfig.of(provider)
        .withKey(new Secret("test", "sk-secret"))
        .withBaseUrl(server.url());
  }

  private static Account account(AccountConfig config) {
    return accounts(Map.of("main", config)).find("main").orElseThrow();
  }

  private static Accounts accounts(Map<String, AccountConfig> configs) {
    return Accounts.of(configs, BuiltInProviders.PROFILES);
  }

  private static BatchProvider provider(AccountConfig config) {
    return BatchProviders.of(account(config), BatchProviders.newHttpClient(), Fixture.CLOCK);
  }
}
