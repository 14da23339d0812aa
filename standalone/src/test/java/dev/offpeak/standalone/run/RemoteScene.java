package dev.offpeak.standalone.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A provider that outlives runs, and runs that go to it. */
final class RemoteScene implements AutoCloseable {

  static final Secret KEY = new Secret("the key of no one", "sk-of-no-one-0123456789");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final Simulator simulator;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  RemoteScene(Path folder, UnaryOperator<SimulatorConfig> how) throws IOException {
    this.folder = folder;
    this.simulator =
        Simulator.start(
            how.apply(
                SimulatorConfig.defaults()
                    .withDataFolder(folder.resolve("simulator"))
                    .withPace(Pace.DEMO)
                    .withSpeed(20)));
  }

  Simulator simulator() {
    return simulator;
  }

  AccountConfig account(Provider provider, String... models) {
    return AccountConfig.of(provider)
        .withKey(KEY)
        .withModels(List.of(models))
        .withBaseUrl(provider.equals(Provider.OPENAI) ? simulator.baseUri() : simulator.rootUri());
  }

  /** Runs, or goes on; what it says is in {@link #said}. */
  Ended run(
      Path input,
      Map<String, AccountConfig> accounts,
      RunLimits limits,
      boolean json,
      boolean keepFiles)
      throws Exception {
    said.reset();
    PrintStream out = new PrintStream(said, true, UTF_8);
    RunOptions options =
        new RunOptions(
            List.of(input),
            results(),
            null,
            new Destination.Remote(accounts),
            Asking.NOTHING,
            Deadlines.NONE,
            folder.resolve("state"),
            false,
            false,
            List.of(input.getFileName().toString()),
            limits,
            keepFiles);
    return new Run(options, new RunConsole(out, null, out, json), Clock.systemUTC()).execute();
  }

  Path results() {
    return folder.resolve("results.jsonl");
  }

  /** What the last run said. */
  String said() {
    return said.toString(UTF_8);
  }

  /** What the last run said to a machine. */
  List<JsonNode> events() {
    return said()
        .lines()
        .map(
            line -> {
              try {
                return JSON.readTree(line);
              } catch (IOException e) {
                throw new UncheckedIOException(line, e);
              }
            })
        .toList();
  }

  /** Has the simulator do something odd. */
  void fault(String rule) throws IOException, InterruptedException {
    post("/_sim/faults", rule);
  }

  void post(String path, String body) throws IOException, InterruptedException {
    send(
        HttpRequest.newBuilder(simulator.rootUri().resolve(path))
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  /** The simulator's counts of what it has done and has. */
  JsonNode counts() throws IOException, InterruptedException {
    return JSON.readTree(
        send(HttpRequest.newBuilder(simulator.rootUri().resolve("/_sim/ledger/summary")).build()));
  }

  private static String send(HttpRequest request) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(request.uri() + " was answered with " + answer.body());
      }
      return answer.body();
    }
  }

  @Override
  public void close() throws IOException {
    simulator.close();
  }
}
