package dev.offpeak.submitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.offpeak.runtime.config.Secret;
import dev.offpeak.simulator.Simulator;
import dev.offpeak.simulator.SimulatorConfig;
import dev.offpeak.simulator.job.Pace;
import dev.offpeak.simulator.openai.rules.AzureRules;
import dev.offpeak.simulator.openai.rules.CompatibleRules;
import dev.offpeak.simulator.openai.rules.OpenAiLimits;
import dev.offpeak.simulator.openai.rules.OpenAiQuirks;
import dev.offpeak.simulator.openai.rules.OpenAiRules;
import dev.offpeak.submitter.config.PollingConfig;
import dev.offpeak.submitter.webhook.WebhookConfig;
import dev.offpeak.testkit.broker.TestKafka;
import dev.offpeak.testkit.broker.WithKafka;
import dev.offpeak.testkit.time.Patience;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The provider says that a job has ended long before its next turn to be looked at. */
@WithKafka
class WebhookWakesIT {

  private static final Duration PATIENCE = Patience.LONG;

  @Test
  void aJobIsLookedAtWhenItsWebhookComes(TestKafka kafka) throws Exception {
    Pace pace = new Pace(Duration.ofSeconds(2), Duration.ZERO, Duration.ZERO, Duration.ZERO);
    OpenAiRules plain =
        new OpenAiRules(
            OpenAiLimits.DOCUMENTED,
            OpenAiQuirks.NONE,
            Map.of(),
            AzureRules.OFF,
            CompatibleRules.OPENAI);
    try (Simulator simulator =
            Simulator.start(SimulatorConfig.defaults().withPace(pace).withOpenAi(plain));
        Installation installation = new Installation(kafka, 1);
        Submitters submitters = new Submitters(installation, simulator)) {
      JsonNode endpoint = post(simulator, "", "http://127.0.0.1:1/");
      submitters.poll(new PollingConfig(Duration.ofHours(1), Duration.ofHours(1)));
      submitters.take(
          new WebhookConfig(
              Map.of("main", List.of(new Secret("test", endpoint.get("signing_secret").asText()))),
              "127.0.0.1",
              0,
              Duration.ofMinutes(5)));
      SubmitterService service = submitters.start();
      var _ =
          post(
              simulator,
              "/" + endpoint.get("id").asText(),
              "http://127.0.0.1:" + service.webhookPort() + "/webhooks/main");

      String batch = installation.seal(3);

      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(installation.ends())
                      .extracting(ended -> ended.getBatchId())
                      .containsExactly(batch));
    }
  }

  private static JsonNode post(Simulator simulator, String path, String url)
      throws IOException, InterruptedException {
    String body =
        "{\"name\":\"test\",\"url\":\"%s\",\"event_types\":[\"batch.completed\"]}".formatted(url);
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(simulator.baseUri() + "/webhook_endpoints" + path))
              .header("authorization", "Bearer sk-test")
              .header("content-type", "application/json")
              .POST(BodyPublishers.ofString(body))
              .build();
      return new ObjectMapper().readTree(http.send(request, BodyHandlers.ofString()).body());
    }
  }
}
