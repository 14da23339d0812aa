package dev.offpeak.standalone.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.offpeak.core.lane.Provider;
import dev.offpeak.provider.account.AccountConfig;
import dev.offpeak.provider.account.CompatibleConfig;
import dev.offpeak.simulator.ProviderRules;
import dev.offpeak.simulator.SimulatorArguments;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run whose provider is a server that speaks OpenAI's API, and less of it. */
@Timeout(300)
class CompatibleRunIT {

  private static final String CHAT =
      """
      {"custom_id":"%s","method":"POST","url":"/v1/chat/completions","body":{"model":"llama-4",\
      "messages":[{"role":"user","content":"Say it"}]}}
      """;
  private static final String EMBEDDING =
      """
      {"custom_id":"embedding","method":"POST","url":"/v1/embeddings",\
      "body":{"model":"llama-4","input":"it"}}
      """;

  @TempDir private Path folder;

  @Test
  void aServerWithAWindowOfAWeekAndWithoutMetadataAnswersWhatItTakes() throws Exception {
    Path rules =
        Files.writeString(
            folder.resolve("rules.yaml"), "openai: {compatible: {windows: [7d], metadata: false}}");
    Path input =
        Files.writeString(
            folder.resolve("in.jsonl"), CHAT.formatted("a") + CHAT.formatted("b") + EMBEDDING);
    ProviderRules groqs = SimulatorArguments.parse(List.of("--rules", rules.toString())).rules();
    try (RemoteScene scene = new RemoteScene(folder, config -> config.withRules(groqs))) {
      AccountConfig account =
          scene
              .account(Provider.of("openai-compatible"), "*")
              .withBaseUrl(scene.simulator().baseUri())
              .withCompatible(new CompatibleConfig(List.of(), "7d", "batch", false, true, true));

      Ended ended = scene.run(input, Map.of("groq", account), RunLimits.DEFAULT, false, false);

      assertThat(ended).as(scene.said()).isEqualTo(Ended.SOME_FAILED);
      List<JsonNode> lines = OutputLines.of(scene.results()).all();
      assertThat(lines)
          .filteredOn(line -> line.at("/response/status_code").asInt() == 200)
          .extracting(line -> line.path("custom_id").asText())
          .containsExactlyInAnyOrder("a", "b");
      assertThat(lines)
          .filteredOn(line -> line.path("custom_id").asText().equals("embedding"))
          .singleElement()
          .satisfies(line -> assertThat(OutputLines.code(line)).isEqualTo("unsupported_endpoint"));
      assertThat(scene.counts().path("files_left").asInt(-1)).isZero();
    }
  }
}
