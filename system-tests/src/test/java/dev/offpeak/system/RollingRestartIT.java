package dev.offpeak.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.offpeak.system.load.SteadyLoad;
import dev.offpeak.system.proof.Findings;
import dev.offpeak.system.proof.Outcomes;
import dev.offpeak.system.world.Installation;
import dev.offpeak.system.world.Instance;
import dev.offpeak.system.world.Kind;
import dev.offpeak.system.world.Member;
import dev.offpeak.system.world.Tuning;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each instance of a service is stopped and started again under load, one after the other. */
class RollingRestartIT {

  private static final Duration PATIENCE = Duration.ofSeconds(180);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
  private static final Duration LOAD = Duration.ofSeconds(60);
  private static final int REQUESTS = 3_000;

  /** Before the first restart, so that outcomes flow. */
  private static final int FLOWING = 100;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @ParameterizedTest
  @EnumSource
  void outcomesGoOnAndProducersSeeNoError(Kind kind) throws Exception {
    try (Installation installation = new Installation(folder, Tuning.FAST, List.of())) {
      installation.startOneOfEach();
      installation.startOneOfEach();
      try (SteadyLoad load = new SteadyLoad(installation, "roll-" + kind.id(), REQUESTS);
          Outcomes outcomes = new Outcomes(installation.addresses())) {
        CompletableFuture<Void> sent = load.begin(LOAD);
        await().atMost(PATIENCE).until(() -> outcomes.read() > FLOWING);
        Instant from = Instant.now();
        for (Instance instance : installation.of(kind)) {
          Member member = instance.member();
          assertThat(member.terminate()).as("exit code of " + member.name()).isEqualTo(143);
          member.start();
          member.awaitReady();
        }
        await().atMost(PATIENCE).until(() -> outcomes.read() >= 0 && sent.isDone());
        Instant to = Instant.now();
        await()
            .atMost(PATIENCE)
            .until(() -> outcomes.read() >= 0 && outcomes.missing(load.customIds()).isEmpty());

        Duration pause = outcomes.longestPause(from, to);
        System.out.printf(
            "rolling restart of %s: longest pause in outcomes %.1f s, producer errors %d%n",
            kind.id(), pause.toMillis() / 1e3, load.producerErrors());
        assertThat(load.producerErrors()).isZero();
        assertThat(Findings.of(installation, outcomes, load.customIds()).violations()).isEmpty();
        assertThat(pause).isLessThanOrEqualTo(LONGEST_PAUSE);
      }
    }
  }
}
