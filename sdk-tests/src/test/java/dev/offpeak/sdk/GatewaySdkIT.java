package dev.offpeak.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.offpeak.core.lane.Provider;
import dev.offpeak.standalone.node.Destination;
import dev.offpeak.standalone.up.Up;
import dev.offpeak.standalone.up.UpAddresses;
import dev.offpeak.standalone.up.UpOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * OpenAI's clients for Python and Node against the gateway and the simulator. The interpreters are
 * {@code OFFPEAK_SDK_PYTHON} (python3) and {@code OFFPEAK_SDK_NODE} (node, which finds the package
 * by {@code NODE_PATH}); one that has no such client is skipped.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GatewaySdkIT {

  private static final long PATIENCE_SECONDS = 180;

  private Up up;
  private CompletableFuture<Void> ended;
  private UpAddresses addresses;

  @TempDir Path folder;

  @BeforeAll
  void start(@TempDir Path home) throws Exception {
    Destination simulator =
        new Destination.Simulated(
            Map.of(Provider.OPENAI, List.of("gpt-*", "text-embedding-*")), Map.of());
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

  @Test
  void python() throws Exception {
    String python = Objects.requireNonNullElse(System.getenv("OFFPEAK_SDK_PYTHON"), "python3");
    assumeThat(succeeds(python, "-c", "import openai"))
        .as(python + " has no package openai: OFFPEAK_SDK_PYTHON names one that has")
        .isTrue();

    run(python, "gateway.py");
  }

  @Test
  void node() throws Exception {
    String node = Objects.requireNonNullElse(System.getenv("OFFPEAK_SDK_NODE"), "node");
    assumeThat(succeeds(node, "-e", "require('openai')"))
        .as(node + " finds no package openai: NODE_PATH says where it is")
        .isTrue();

    run(node, "gateway.mjs");
  }

  private void run(String interpreter, String script) throws Exception {
    Path file = folder.resolve(script);
    try (var in = Objects.requireNonNull(getClass().getResourceAsStream("/" + script))) {
      Files.copy(in, file);
    }
    Path said = folder.resolve(script + ".out");
    Process process =
        new ProcessBuilder(interpreter, file.toString(), "http://" + addresses.gateway() + "/v1")
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(said)).isZero();
    } finally {
      process.destroyForcibly();
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
