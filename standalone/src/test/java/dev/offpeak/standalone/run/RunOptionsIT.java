package dev.offpeak.standalone.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.offpeak.core.lane.Provider;
import dev.offpeak.provider.account.AccountConfig;
import dev.offpeak.runtime.config.ByteSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code --wait}, {@code --json} and {@code --line-limit} do to a whole run. */
@Timeout(300)
class RunOptionsIT {

  private static final String LINE =
      """
      {"custom_id":"%s","method":"POST","url":"/v1/chat/completions","body":{"model":"gpt-4o-mini",\
      "messages":[{"role":"user","content":"%s"}]}}
      """;

  private static final int LONG = 9_300_000;

  @TempDir private Path folder;
  private RemoteScene scene;

  @BeforeEach
  void start() throws IOException {
    scene = new RemoteScene(folder, config -> config);
  }

  @AfterEach
  void stop() throws IOException {
    scene.close();
  }

  @Test
  void aKeyThatIsRefusedIsWaitedForInVainAndTheRunGoesOnWhenItIsMended() throws Exception {
    Path input = input(LINE.formatted("a", "hello"));
    scene.post("/_sim/keys/revoke", "{\"key\": \"" + RemoteScene.KEY.reveal() + "\"}");

    assertThat(run(input, new RunLimits(RunLimits.DEFAULT.line(), Duration.ofSeconds(1))))
        .isEqualTo(Ended.WAITED_IN_VAIN);

    List<JsonNode> events = scene.events();
    assertThat(events).extracting(RunOptionsIT::event).contains("progress");
    assertThat(events.getLast().path("event").asText()).isEqualTo("waited_in_vain");
    assertThat(events.getLast().path("message").asText()).contains("(--wait)").contains("401");
    assertThat(events)
        .anySatisfy(
            event -> {
              assertThat(event.path("waits_for").asText()).contains("401");
              assertThat(event.path("waiting").asInt()).isEqualTo(1);
            });

    scene.post("/_sim/keys/restore", "{\"key\": \"" + RemoteScene.KEY.reveal() + "\"}");
    assertThat(run(input, RunLimits.DEFAULT)).isEqualTo(Ended.ALL_SUCCEEDED);
    JsonNode finished = scene.events().getLast();
    assertThat(event(finished)).isEqualTo("finished");
    assertThat(finished.path("succeeded").asInt()).isEqualTo(1);
    assertThat(finished.path("not_deleted").isEmpty()).isTrue();
    assertThat(scene.counts().path("creates").asInt()).isEqualTo(1);
  }

  @Test
  void aLineOverTheLimitIsNamedAndSentByTheSameRunWithAHigherOne() throws Exception {
    Path input = input(LINE.formatted("short", "hello") + LINE.formatted("long", "x".repeat(LONG)));

    assertThat(run(input, RunLimits.DEFAULT)).isEqualTo(Ended.SOME_FAILED);
    JsonNode failure = OutputLines.of(scene.results()).failures().getFirst();
    assertThat(failure.path("custom_id").asText()).isEqualTo("long");
    assertThat(failure.path("offpeak").path("message").asText()).contains("--line-limit");

    assertThat(run(input, new RunLimits(ByteSize.parse("16MiB"), null)))
        .isEqualTo(Ended.ALL_SUCCEEDED);
    assertThat(OutputLines.of(scene.results()).answeredIds())
        .containsExactlyInAnyOrder("short", "long");
    assertThat(scene.counts().path("creates").asInt()).as("nothing is sent twice").isEqualTo(2);
  }

  private static String event(JsonNode event) {
    return event.path("event").asText();
  }

  private Ended run(Path input, RunLimits limits) throws Exception {
    AccountConfig openai = scene.account(Provider.OPENAI, "gpt-*");
    return scene.run(input, Map.of("openai", openai), limits, true, false);
  }

  private Path input(String lines) throws IOException {
    return Files.writeString(folder.resolve("in.jsonl"), lines);
  }
}
