package dev.offpeak.provider.openai;

import static dev.offpeak.provider.openai.OpenAiFixture.job;
import static dev.offpeak.provider.server.Fixture.error;
import static dev.offpeak.provider.server.Fixture.ok;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.lane.Lane;
import dev.offpeak.core.lane.Provider;
import dev.offpeak.core.provider.InputFile;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.provider.BatchFormat;
import dev.offpeak.provider.BatchProvider;
import dev.offpeak.provider.account.WireConfig;
import dev.offpeak.provider.server.ScriptedServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Azure, and servers in between, which speak the same API with another accent. */
class OtherServersTest {

  private static final Lane LANE =
      Lane.of(Provider.OPENAI, "main", "/v1/chat/completions", "gpt-4o-mini");
  private static final byte[] BODY = "{}".getBytes(UTF_8);

  private ScriptedServer server;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedServer();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private BatchProvider azure() {
    return OpenAiFixture.provider(
        server.url().resolve("/openai"), new WireConfig(null, "2024-10-21", null, null, null));
  }

  private static String line(BatchProvider provider) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BatchFormat format = provider.format();
    format.writeLine(LANE, 0, 0, BODY, 0, BODY.length, true, out);
    assertThat(out.size()).isEqualTo(format.lineOverhead(LANE) + BODY.length);
    return out.toString(UTF_8);
  }

  @Test
  void azureWantsEndpointsWithoutAVersion() throws IOException {
    server.thenAnswer(200, "{\"id\":\"b\",\"status\":\"validating\"}");
    ok(azure().create(job("file-1")));

    assertThat(server.seen().getFirst().line())
        .isEqualTo("POST /openai/batches?api-version=2024-10-21");
    assertThat(server.seen().getFirst().body()).contains("\"endpoint\":\"/chat/completions\"");
    assertThat(line(azure())).contains("\"url\":\"/chat/completions\"");
  }

  @ParameterizedTest
  @CsvSource({
    "https://x.openai.azure.com/openai, /chat/completions",
    "https://x.openai.azure.com/openai/v1, /v1/chat/completions",
    "https://x.services.ai.azure.com/api, /chat/completions",
    "https://api.openai.com/v1, /v1/chat/completions",
    "https://proxy.example/gateway, /v1/chat/completions",
  })
  void theAccountsAddressSaysHow(URI base, String endpoint) throws IOException {
    assertThat(line(OpenAiFixture.provider(base))).contains("\"url\":\"" + endpoint + "\"");
  }

  @ParameterizedTest
  @CsvSource({
    "pending, PENDING",
    "processing, PENDING",
    "uploaded, UPLOADED",
    "processed, READY",
    "error, FAILED",
    "a_word_of_tomorrow, READY",
    "'', READY",
  })
  void aFileTellsWhetherAJobCanBeMadeOfIt(String status, InputFile.State state) {
    server.thenAnswer(200, "{\"id\":\"f/1\",\"status\":\"" + status + "\"}");
    assertThat(ok(azure().file("f/1")).state()).isEqualTo(state);
    assertThat(server.seen().getFirst().line())
        .isEqualTo("GET /openai/files/f%2F1?api-version=2024-10-21");
  }

  @ParameterizedTest
  @CsvSource({"., %2E", ".., %2E%2E", "a/../b, a%2F..%2Fb", "b?x=1#y, b%3Fx%3D1%23y"})
  void anIdStaysOneSegmentOfThePath(String id, String segment) {
    BatchProvider provider = OpenAiFixture.provider(server.url());
    server.thenAnswer(200, "{\"id\":\"" + id + "\",\"status\":\"in_progress\"}");
    ok(provider.get(id));
    assertThat(server.seen().getFirst().line()).isEqualTo("GET /v1/batches/" + segment);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":\"7\",\"status\":\"in_progress\",\"request_counts\":[],\"errors\":7}",
        "{\"id\":7,\"status\":\"in_progress\",\"created_at\":1e400}",
        "{\"id\":\"7\",\"status\":\"in_progress\",\"metadata\":\"none\"}",
      })
  void oddAnswersAreTaken(String answer) {
    server.thenAnswer(200, answer);
    ok(OpenAiFixture.provider(server.url()).get("7"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "7", "null", "{}", "", "<html>", "{\"id\":\"b\"", "{\"id\":null}"})
  void answersThatAreNoJobAreNoBreakdown(String answer) {
    server.thenAnswer(200, answer).thenAnswer(200, answer);
    BatchProvider provider = OpenAiFixture.provider(server.url());
    assertThat(error(provider.get("b"))).isInstanceOf(ProviderError.Retryable.class);
    assertThat(error(provider.create(job("file-1")))).isInstanceOf(ProviderError.Ambiguous.class);
  }
}
