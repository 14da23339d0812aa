package dev.offpeak.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.offpeak.system.load.Question;
import dev.offpeak.system.world.Http;
import dev.offpeak.system.world.Installation;
import dev.offpeak.system.world.Instance;
import dev.offpeak.system.world.Kind;
import dev.offpeak.system.world.SmallDisk;
import dev.offpeak.system.world.Tuning;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the services need is away or full for a while: none of them ends, each says what it lacks,
 * and all go on by themselves when it is back. After each scene every request so far has one
 * outcome and was executed once.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PressureIT {

  /** Longer than any time-out within which somebody might give up. */
  private static final Duration AWAY = Duration.ofSeconds(75);

  private static final int ONE_MEBIBYTE = 1024 * 1024;

  private Path folder;
  private Installation installation;
  private Scene scene;

  @BeforeAll
  void start(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path temporary) throws IOException {
    folder = temporary;
    installation = new Installation(folder, Tuning.FAST, List.of());
    installation.startOneOfEach();
    scene = new Scene(installation);
  }

  @AfterAll
  void stop() {
    scene.close();
    installation.close();
  }

  @AfterEach
  void nothingIsLostOrDoubled() throws Exception {
    installation.registry().thaw();
    installation.provider().start();
    installation.broker().start();
    installation.broker().awaitReady();
    awaitReady();
    scene.awaitOutcomes();
    assertThat(scene.violations()).isEmpty();
    assertThat(scene.executions()).isEqualTo(scene.asked());
  }

  @Test
  void theProviderIsAway() throws Exception {
    installation.provider().kill();
    scene.ask("away", "gpt-4o-mini", "claude-haiku-4-5", "gemini-2.5-flash");
    awaitAndNobodyEnds();
    assertThat(only(Kind.SUBMITTER).metric("offpeak_submitter_oldest_seconds")).isGreaterThan(30);
  }

  @Test
  void theBrokerIsAway() throws Exception {
    scene.ask("broker", "gpt-4o-mini", "claude-haiku-4-5", "gemini-2.5-flash");
    String askedBefore = Question.about("broker", "gpt-4o-mini", 1).getFirst().line();
    installation.broker().kill();
    assertThat(post(askedBefore)).startsWith("503").contains("kafka_unavailable");
    awaitAndNobodyEnds();
    assertThat(only(Kind.INGEST).health()).startsWith("503").contains("kafka");
  }

  @Test
  void theRegistryIsAwayWhileServicesStart() throws Exception {
    installation.registry().freeze();
    for (Instance instance : installation.all()) {
      instance.member().terminate();
      instance.member().start();
    }
    scene.ask("registry", "gpt-4o-mini", "claude-haiku-4-5", "gemini-2.5-flash");
    awaitAndNobodyEnds();
    assertThat(only(Kind.BATCHER).health()).startsWith("503").contains("registry");
  }

  @Test
  void theDisksOfBatcherAndResultsAreFull() throws Exception {
    Instance results = only(Kind.RESULTS);
    results.member().terminate();
    Instance batcher = only(Kind.BATCHER);
    batcher.member().terminate();
    var forResults = SmallDisk.at(folder.resolve("results-1").resolve("downloads"));
    assumeThat(forResults).as("the right to mount a small disk").isPresent();
    var forBatcher = SmallDisk.at(folder.resolve("batcher-1").resolve("state"));
    try (SmallDisk downloads = forResults.orElseThrow();
        SmallDisk state = forBatcher.orElseThrow()) {
      results.member().start();
      batcher.member().start();
      awaitReady();
      downloads.fill();
      state.fill();
      scene.ask("full", "gpt-4o-mini", "claude-haiku-4-5", "gemini-2.5-flash");
      await("results says that it has no room")
          .atMost(Scene.PATIENCE)
          .untilAsserted(() -> assertThat(results.health()).contains("No space left"));
      awaitAndNobodyEnds();

      downloads.empty();
      state.empty();
      awaitReady();
      scene.awaitOutcomes();
      results.member().terminate();
      batcher.member().terminate();
    }
    results.member().start();
    batcher.member().start();
    awaitReady();
  }

  @Test
  void aRequestIsTooLarge() throws Exception {
    String large = "{\"custom_id\":\"large\",\"body\":\"" + "x".repeat(ONE_MEBIBYTE) + "\"}";
    assertThat(post(large)).startsWith("4").contains("request_too_large").contains("1048576");
  }

  private String post(String line) throws IOException, InterruptedException {
    return Http.answer(
        HttpRequest.newBuilder(only(Kind.INGEST).requests())
            .header("content-type", "application/x-ndjson")
            .POST(HttpRequest.BodyPublishers.ofString(line, UTF_8)));
  }

  private Instance only(Kind kind) {
    return installation.of(kind).getFirst();
  }

  private void awaitReady() {
    installation.all().forEach(instance -> instance.member().awaitReady());
  }

  private void awaitAndNobodyEnds() {
    await("nobody ends by itself")
        .during(AWAY)
        .atMost(AWAY.plusSeconds(30))
        .until(() -> installation.all().stream().noneMatch(i -> i.member().hasEndedByItself()));
  }
}
