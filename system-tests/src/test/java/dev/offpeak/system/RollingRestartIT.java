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
import dev.offpeak.testkit.time.Patience;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Service after service, each instance is stopped and started again under load. */
class RollingRestartIT {

  private static final Duration PATIENCE = Patience.LONG;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

  /** Longer than the restarts take; then it is cut short. */
  private static final Duration LOAD = Duration.ofMinutes(10);

  private static final int REQUESTS = 24_000;

  /** Before the first restart, so that outcomes flow. */
  private static final int FLOWING = 100;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private record Restart(Kind kind, Instant from, Instant to) {}

  @Test
  void outcomesGoOnAndProducersSeeNoError() throws Exception {
    try (Installation installation = new Installation(folder, Tuning.FAST, List.of())) {
      installation.startOneOfEach();
      installation.startOneOfEach();
      try (SteadyLoad load = new SteadyLoad(installation, "roll", REQUESTS, 0);
          Outcomes outcomes = new Outcomes(installation.addresses())) {
        CompletableFuture<Void> sent = load.begin(LOAD);
        await().atMost(PATIENCE).until(() -> outcomes.read() > FLOWING);
        List<Restart> restarts = new ArrayList<>();
        for (Kind kind : Kind.values()) {
          restarts.add(restart(installation, kind));
        }
        assertThat(sent).as("the load").isNotDone();
        load.cutShort();
        await().atMost(PATIENCE).until(() -> outcomes.read() >= 0 && sent.isDone());
        await()
            .atMost(PATIENCE)
            .until(() -> outcomes.read() >= 0 && outcomes.missing(load.customIds()).isEmpty());

        assertThat(load.producerErrors()).isZero();
        assertThat(Findings.of(installation, outcomes, load.customIds()).violations()).isEmpty();
        for (Restart each : restarts) {
          Duration pause = outcomes.longestPause(each.from(), each.to());
          System.out.printf(
              "rolling restart of %s: %.1f s, longest pause in outcomes %.1f s%n",
              each.kind().id(),
              Duration.between(each.from(), each.to()).toMillis() / 1e3,
              pause.toMillis() / 1e3);
          assertThat(pause).as(each.kind().id()).isLessThanOrEqualTo(LONGEST_PAUSE);
        }
      }
    }
  }

  private static Restart restart(Installation installation, Kind kind) throws Exception {
    Instant from = Instant.now();
    for (Instance instance : installation.of(kind)) {
      Member member = instance.member();
      assertThat(member.terminate()).as("exit code of " + member.name()).isEqualTo(143);
      member.start();
      member.awaitReady();
    }
    return new Restart(kind, from, Instant.now());
  }
}
