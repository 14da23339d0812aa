package dev.offpeak.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.offpeak.core.lane.Provider;
import dev.offpeak.standalone.node.Destination;
import dev.offpeak.standalone.up.Up;
import dev.offpeak.standalone.up.UpAddresses;
import dev.offpeak.standalone.up.UpOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The official clients for Python and Node, and some that build on them, against the gateway and
 * the simulator. The interpreters are {@code OFFPEAK_SDK_PYTHON} (python3) and {@code
 * OFFPEAK_SDK_NODE} (node, which finds the package by {@code NODE_PATH}); one that has no such
 * client is skipped.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GatewaySdkIT {

  private static final long PATIENCE_SECONDS = 180;
  private static final String USUAL_ADDRESS = "127.0.0.1:8080";
  private static final Path EXAMPLES = Path.of("..", "examples", "sdk");
  private static final String NODE =
      Objects.requireNonNullElse(System.getenv("OFFPEAK_SDK_NODE"), "node");

  private Up up;
  private CompletableFuture<Void> ended;
  private UpAddresses addresses;

  @TempDir Path folder;

  @BeforeAll
  void start(@TempDir Path home) throws Exception {
    Destination simulator =
        new Destination.Simulated(
            Map.of(
                Provider.OPENAI,
                List.of("gpt-*", "text-embedding-*"),
                Provider.ANTHROPIC,
                List.of("claude-*"),
                Provider.GEMINI,
                List.of("gemini-*")),
            Map.of());
    up = new Up(home.resolve("up"), simulator, new UpOptions(0, 0, 0, Duration.ofMillis(100)));
    CompletableFuture<UpAddresses> ready = new CompletableFuture<>();
    ended =
        CompletableFuture.runAsync(
            () -> {
              try {
                up.run(ready::complete);
              } catch (Exception e) {
                ready.completeExceptionally(e);
              }
            },
            task -> Thread.ofPlatform().start(task));
    addresses = ready.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @AfterAll
  void stop() throws Exception {
    up.stop();
    ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @CsvSource({
    "gateway.py, openai",
    "calls/accept.py, openai",
    "calls/openai_calls.py, openai",
    "calls/anthropic_calls.py, anthropic",
    "calls/anthropic_batches.py, anthropic",
    "calls/gemini_calls.py, google.genai",
    "calls/gemini_batches.py, google.genai",
    "calls/clients.py, litellm;langchain_openai"
  })
  void python(String script, String packages) throws Exception {
    String python = Objects.requireNonNullElse(System.getenv("OFFPEAK_SDK_PYTHON"), "python3");
    assumeThat(succeeds(python, "-c", "import " + packages.replace(';', ',')))
        .as(python + " lacks " + packages + ": OFFPEAK_SDK_PYTHON names one that has it")
        .isTrue();

    runResource(python, script);
  }

  @ParameterizedTest
  @CsvSource({"gateway.mjs, openai", "calls/openai_calls.mjs, openai", "calls/ai.mjs, ai"})
  void node(String script, String packageName) throws Exception {
    assumeThat(succeeds(NODE, "-e", "require('" + packageName + "')"))
        .as(NODE + " finds no package " + packageName + ": NODE_PATH says where it is")
        .isTrue();

    runResource(NODE, script);
  }

  @Test
  void java() throws Exception {
    String root = "http://" + addresses.gateway();
    JavaClients.openai(root);
    JavaClients.anthropic(root);
    JavaClients.gemini(root);
  }

  /** Before, the SDK asks the provider; after, the gateway: one line differs. */
  @ParameterizedTest
  @CsvSource({"py", "mjs"})
  void examplesDifferInTheirAddressOnly(String kind) throws Exception {
    List<String> before = Files.readAllLines(EXAMPLES.resolve("before." + kind));
    List<String> after = Files.readAllLines(EXAMPLES.resolve("after." + kind));
    assertThat(before).hasSameSizeAs(after);
    assertThat(IntStream.range(0, after.size()))
        .filteredOn(i -> !before.get(i).equals(after.get(i)))
        .singleElement()
        .satisfies(i -> assertThat(after.get(i)).contains(USUAL_ADDRESS));
    boolean isPython = kind.equals("py");
    String interpreter =
        isPython
            ? Objects.requireNonNullElse(System.getenv("OFFPEAK_SDK_PYTHON"), "python3")
            : NODE;
    assumeThat(
            isPython
                ? succeeds(interpreter, "-c", "import openai")
                : succeeds(interpreter, "-e", "require('openai')"))
        .as(interpreter + " has no package openai")
        .isTrue();

    String provider = addresses.node().simulator() + "/v1";
    String first = run(interpreter, "before." + kind, String.join("\n", before), provider);
    String second =
        run(
            interpreter,
            "after." + kind,
            String.join("\n", after).replace(USUAL_ADDRESS, addresses.gateway()),
            "http://127.0.0.1:1/v1");

    assertThat(beginnings(first)).hasSize(3).isEqualTo(beginnings(second));
  }

  /** Each answer begins with its question; how it goes on depends on every byte of it. */
  private static List<String> beginnings(String said) {
    return said.lines()
        .map(line -> line.substring(0, Math.min(60, line.length())))
        .sorted()
        .toList();
  }

  private void runResource(String interpreter, String script) throws Exception {
    try (var in = Objects.requireNonNull(getClass().getResourceAsStream("/" + script))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      String name = script.substring(script.indexOf('/') + 1);
      String address = "http://" + addresses.gateway();
      run(interpreter, name, text, "", script.startsWith("calls/") ? address : address + "/v1");
    }
  }

  /** Runs a script to its good end; answers with what it said. */
  private String run(
      String interpreter, String name, String script, String baseUrl, String... arguments)
      throws Exception {
    Path file = Files.writeString(folder.resolve(name), script);
    linkPackages();
    Path said = folder.resolve(name + ".out");
    List<String> command = new ArrayList<>(List.of(interpreter, file.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
    builder.environment().put("OPENAI_API_KEY", "any");
    if (!baseUrl.isEmpty()) {
      builder.environment().put("OPENAI_BASE_URL", baseUrl);
    }
    Process process = builder.start();
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(said)).isZero();
      return Files.readString(said);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Modules look beside themselves for packages, and not in NODE_PATH. */
  private void linkPackages() throws IOException {
    String packages = System.getenv("NODE_PATH");
    Path link = folder.resolve("node_modules");
    if (packages != null && !Files.exists(link)) {
      Files.createSymbolicLink(link, Path.of(packages));
    }
  }

  private static boolean succeeds(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException notThere) {
      return false;
    }
  }
}
