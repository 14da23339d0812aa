package dev.offpeak.provider.anthropic;

import static dev.offpeak.provider.server.Fixture.error;
import static dev.offpeak.provider.server.Fixture.ok;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.offpeak.core.lane.Lane;
import dev.offpeak.core.lane.Position;
import dev.offpeak.core.lane.Provider;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.core.provider.ProviderJob;
import dev.offpeak.core.provider.ProviderJob.Phase;
import dev.offpeak.provider.BatchProvider;
import dev.offpeak.provider.CallListener;
import dev.offpeak.provider.CreateJob;
import dev.offpeak.provider.ResultLine;
import dev.offpeak.provider.account.AccountConfig;
import dev.offpeak.provider.account.AuthHeader;
import dev.offpeak.provider.account.WireConfig;
import dev.offpeak.provider.adapter.BatchProviders;
import dev.offpeak.provider.server.Fixture;
import dev.offpeak.provider.server.Jobs;
import dev.offpeak.runtime.config.Secret;
import dev.offpeak.simulator.Simulator;
import dev.offpeak.simulator.SimulatorConfig;
import dev.offpeak.simulator.job.Pace;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The adapter against the simulator: the whole way of a batch. */
class AnthropicProviderIT {

  private static final Lane LANE = Lane.of(Provider.ANTHROPIC, "main", "/v1/messages", "");
  private static final Pace SLOW =
      new Pace(Duration.ZERO, Duration.ofHours(12), Duration.ZERO, Duration.ZERO);
  private static final Pace TOO_SLOW =
      new Pace(Duration.ZERO, Duration.ofHours(48), Duration.ZERO, Duration.ZERO);

  @Test
  void batchOfSeveralModelsGoesTheWholeWay() throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorConfig.defaults())) {
      BatchProvider provider = provider(simulator, WireConfig.USUAL);
      List<String> bodies = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        bodies.add(
            params(
                i % 2 == 0 ? "claude-haiku-4-5" : "claude-sonnet-4-5",
                i % 100 == 7 ? "[sim:fail=500]" : i == 11 ? "[sim:fail=400]" : "Say " + i));
      }
      CreateJob create = create(bodies);
      assertThat(ok(provider.findJobs(create))).isEmpty();
      ProviderJob created = ok(provider.create(create));
      assertThat(ok(provider.findJobs(create)))
          .extracting(ProviderJob::id)
          .containsExactly(created.id());

      ProviderJob ended = Jobs.awaitEnd(provider, created.id());
      assertThat(ended.phase()).isEqualTo(Phase.COMPLETED);
      assertThat(ended.total()).isEqualTo(2_000);
      assertThat(ended.failed()).isEqualTo(21);

      Map<String, ResultLine> lines =
          Jobs.results(provider, ended).stream()
              .collect(Collectors.toMap(ResultLine::providerId, Function.identity()));
      assertThat(lines).hasSize(2_000);
      assertThat(lines.get(id(5)))
          .isInstanceOfSatisfying(
              ResultLine.Succeeded.class,
              line -> {
                assertThat(line.model()).startsWith("claude-sonnet-4-5");
                assertThat(line.usage().tokens().input()).isPositive();
                assertThat(line.usage().tokens().output()).isPositive();
                assertThat(new String(line.body(), UTF_8))
                    .startsWith("{")
                    .endsWith("}")
                    .contains("\"type\":\"message\"");
              });
      assertThat(((ResultLine.Errored) lines.get(id(7))).verdict())
          .isEqualTo(ResultLine.Verdict.RETRYABLE);
      assertThat(((ResultLine.Errored) lines.get(id(11))).verdict())
          .isEqualTo(ResultLine.Verdict.YOUR_INPUT);

      assertThat(ok(provider.delete(ended.id()))).isTrue();
      assertThat(ok(provider.delete(ended.id()))).isTrue();
      assertThat(error(provider.get(ended.id()))).isInstanceOf(ProviderError.Retryable.class);
    }
  }

  @Test
  void oldHeaderOfTheKeyIsTakenToo() throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorConfig.defaults())) {
      BatchProvider provider =
          provider(simulator, new WireConfig(AuthHeader.API_KEY, null, null, null, null));
      ProviderJob job = ok(provider.create(create(List.of(params("claude-haiku-4-5", "a")))));
      assertThat(Jobs.awaitEnd(provider, job.id()).succeeded()).isEqualTo(1);
    }
  }

  @Test
  void cancelledBatchKeepsWhatWasDone() throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorConfig.defaults().withPace(SLOW))) {
      BatchProvider provider = provider(simulator, WireConfig.USUAL);
      ProviderJob job = ok(provider.create(create(prompts(4))));
      Jobs.awaitPhase(provider, job.id(), Phase.IN_PROGRESS);
      simulator.clock().advance(Duration.ofHours(6));
      // Anthropic's counts move at the end only: the ledger says when the half that is due is done.
      await()
          .untilAsserted(
              () -> assertThat(simulator.ledger().summary().linesExecuted()).isEqualTo(2));
      ok(provider.cancel(job.id()));
      ProviderJob ended = Jobs.awaitEnd(provider, job.id());
      assertThat(ended.phase()).isEqualTo(Phase.CANCELLED);
      List<ResultLine> lines = Jobs.results(provider, ended);
      assertThat(lines).hasSize(4);
      assertThat(lines).filteredOn(ResultLine.Succeeded.class::isInstance).hasSize(2);
      assertThat(lines).filteredOn(ResultLine.Canceled.class::isInstance).hasSize(2);
    }
  }

  @Test
  void expiredBatchHasALineForEachRequest() throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorConfig.defaults().withPace(TOO_SLOW))) {
      BatchProvider provider = provider(simulator, WireConfig.USUAL);
      ProviderJob job = ok(provider.create(create(prompts(4))));
      Jobs.awaitPhase(provider, job.id(), Phase.IN_PROGRESS);
      simulator.clock().advance(Duration.ofHours(25));
      ProviderJob ended = Jobs.awaitEnd(provider, job.id());
      assertThat(ended.phase()).isEqualTo(Phase.EXPIRED);
      assertThat(Jobs.results(provider, ended))
          .hasSize(4)
          .hasAtLeastOneElementOfType(ResultLine.Expired.class);
    }
  }

  @Test
  void badKeyIsTheAccountsProblem() throws IOException {
    SimulatorConfig guarded = SimulatorConfig.defaults().withKeys(Map.of("sk-other", "org"));
    try (Simulator simulator = Simulator.start(guarded)) {
      assertThat(error(provider(simulator, WireConfig.USUAL).create(create(prompts(1)))))
          .isInstanceOf(ProviderError.AccountProblem.class);
    }
  }

  private static BatchProvider provider(Simulator simulator, WireConfig wire) {
    AccountConfig config =
        AccountConfig.of(Provider.ANTHROPIC)
            .withBaseUrl(simulator.baseUri())
            .withKey(new Secret("test", "sk-ant-secret"))
            .withWire(wire);
    return BatchProviders.of(
        Fixture.account(config),
        BatchProviders.newHttpClient(),
        Clock.systemUTC(),
        Fixture.PATIENT,
        CallListener.NONE);
  }

  private static CreateJob create(List<String> bodies) throws IOException {
    return new CreateJob(
        "01BATCH", LANE, null, Jobs.payload(LANE, bodies), bodies.size(), Instant.now());
  }

  private static List<String> prompts(int count) {
    return Collections.nCopies(count, params("claude-haiku-4-5", "a"));
  }

  private static String params(String model, String prompt) {
    return "{ \"model\": \"%s\", \"max_tokens\": 100, \"messages\": [ {\"role\": \"user\", \"content\": \"%s\"} ] }"
        .formatted(model, prompt);
  }

  private static String id(int offset) {
    return new Position(0, offset).providerId();
  }
}
