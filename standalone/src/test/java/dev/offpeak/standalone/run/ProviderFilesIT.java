package dev.offpeak.standalone.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.offpeak.core.lane.Provider;
import dev.offpeak.provider.account.AccountConfig;
import dev.offpeak.runtime.config.Secret;
import dev.offpeak.simulator.Simulator;
import dev.offpeak.simulator.SimulatorConfig;
import dev.offpeak.simulator.job.Pace;
import dev.offpeak.standalone.node.Destination;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a run leaves at three providers when it is over. */
@Timeout(300)
class ProviderFilesIT {

  private static final Path THREE_PROVIDERS =
      Path.of("..", "examples", "three-providers.jsonl").toAbsolutePath().normalize();

  private static final Secret KEY = new Secret("any key will do", "sk-of-no-one");

  @TempDir private Path folder;
  private Simulator simulator;

  @BeforeEach
  void start() throws IOException {
    simulator =
        Simulator.start(
            SimulatorConfig.defaults()
                .withDataFolder(folder.resolve("simulator"))
                .withPace(Pace.DEMO)
                .withSpeed(20));
  }

  @AfterEach
  void stop() throws IOException {
    simulator.close();
  }

  @Test
  void nothingIsLeft() throws Exception {
    assertThat(run(false)).contains("succeeded    60\n").doesNotContain("not deleted");

    assertThat(filesLeft()).isZero();
  }

  @Test
  void whoeverWantsToKeepThemHasThem() throws Exception {
    assertThat(run(true)).contains("succeeded    60\n").doesNotContain("not deleted");

    assertThat(filesLeft()).isGreaterThanOrEqualTo(4);
  }

  @Test
  void whatCanNotBeDeletedIsSaidAndAFileThatIsGoneIsFine() throws Exception {
    fault("{match: {call: delete_file}, do: {status: 404}, times: 1}");
    fault("{match: {call: delete_file}, do: {status: 403, message: 'not yours'}, times: 1}");

    String said = run(false);

    assertThat(said).contains("succeeded    60\n").contains("not deleted  1 at the provider");
    assertThat(said).containsPattern("\n +file\\S+: \\S+: .*not yours\n");
  }

  private String run(boolean keep) throws Exception {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, UTF_8);
    RunOptions options =
        new RunOptions(
            List.of(THREE_PROVIDERS),
            folder.resolve("results.jsonl"),
            null,
            new Destination.Remote(
                Map.of(
                    "openai", account(Provider.OPENAI, "gpt-*", "text-embedding-*"),
                    "anthropic", account(Provider.ANTHROPIC, "claude-*"),
                    "gemini", account(Provider.GEMINI, "gemini-*"))),
            null,
            Deadlines.NONE,
            folder.resolve("state"),
            false,
            false,
            List.of("three-providers.jsonl"),
            RunLimits.DEFAULT,
            keep);
    Ended ended = new Run(options, new RunConsole(out, false, out), Clock.systemUTC()).execute();
    assertThat(ended).as(said.toString(UTF_8)).isEqualTo(Ended.ALL_SUCCEEDED);
    return said.toString(UTF_8);
  }

  private AccountConfig account(Provider provider, String... models) {
    return AccountConfig.of(provider)
        .withKey(KEY)
        .withModels(List.of(models))
        .withBaseUrl(provider == Provider.OPENAI ? simulator.baseUri() : simulator.rootUri());
  }

  private void fault(String rule) throws IOException, InterruptedException {
    send(
        HttpRequest.newBuilder(simulator.rootUri().resolve("/_sim/faults"))
            .POST(BodyPublishers.ofString(rule))
            .build());
  }

  private int filesLeft() throws IOException, InterruptedException {
    String summary =
        send(HttpRequest.newBuilder(simulator.rootUri().resolve("/_sim/ledger/summary")).build());
    return new ObjectMapper().readTree(summary).path("files_left").asInt(-1);
  }

  private static String send(HttpRequest request) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      var answer = http.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return answer.body();
    }
  }
}
