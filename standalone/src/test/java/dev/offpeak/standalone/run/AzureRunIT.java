package dev.offpeak.standalone.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.lane.Provider;
import dev.offpeak.provider.account.AccountConfig;
import dev.offpeak.provider.account.AuthHeader;
import dev.offpeak.provider.account.WireConfig;
import dev.offpeak.simulator.ProviderRules;
import dev.offpeak.simulator.SimulatorArguments;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run whose provider is Azure's: its addresses, its headers, its files that are read first. Both
 * as a provider of its own and as OpenAI at another address, as it was before.
 */
@Timeout(300)
class AzureRunIT {

  private static final String LINE =
      """
      {"custom_id":"%s","method":"POST","url":"%s","body":{"model":"gpt-4o-mini","messages":\
      [{"role":"user","content":"%s"}]}}
      """;

  @TempDir private Path folder;

  @Test
  void urlsWithAndWithoutVersionAreSentAsAzureWantsThem() throws Exception {
    Path rules =
        Files.writeString(
            folder.resolve("rules.yaml"), "openai: {azure: {on: true, processing_ms: 20000}}");
    Path input =
        Files.writeString(
            folder.resolve("in.jsonl"),
            LINE.formatted("bare", "/chat/completions", "one")
                + LINE.formatted("whole", "/v1/chat/completions", "two")
                + LINE.formatted("new", "/chat/completions", "three")
                    .replace("gpt-4o-mini", "my-deployment"));
    ProviderRules azures = SimulatorArguments.parse(List.of("--rules", rules.toString())).rules();
    try (RemoteScene scene = new RemoteScene(folder, config -> config.withRules(azures))) {
      AccountConfig azure =
          scene
              .account(Provider.OPENAI, "gpt-*")
              .withBaseUrl(scene.simulator().rootUri().resolve("/openai"))
              .withWire(new WireConfig(AuthHeader.API_KEY, "2024-10-21", null, null, null));
      AccountConfig named =
          scene
              .account(Provider.of("azure-openai"), "my-*")
              .withBaseUrl(scene.simulator().rootUri())
              .withWire(new WireConfig(null, "2024-10-21", null, null, null));

      Ended ended =
          scene.run(input, Map.of("azure", azure, "named", named), RunLimits.DEFAULT, false, false);

      assertThat(ended).as(scene.said()).isEqualTo(Ended.ALL_SUCCEEDED);
      assertThat(OutputLines.of(scene.results()).answeredIds())
          .containsExactlyInAnyOrder("bare", "whole", "new");
      assertThat(scene.counts().path("files_left").asInt(-1)).isZero();
    }
  }
}
