package dev.offpeak.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.system.world.Installation;
import dev.offpeak.system.world.Kind;
import dev.offpeak.system.world.Tuning;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A submitter stands still in the middle of a create for longer than its lease and its session; a
 * second one takes over and submits; the first goes on. Each request is executed once.
 */
class ZombiePairIT {

  /** Some creates take effect and are answered late, some take effect late. */
  private static final String SLOW_CREATES =
      """
      - {match: {call: create_batch, provider: openai, nth: 1}, do: {hold_ms: 25000}}
      - {match: {call: create_batch, provider: openai, nth: 2}, do: {delay_ms: 25000}}
      - {match: {call: create_batch, provider: gemini, nth: 1}, do: {delay_ms: 25000}}
      - {match: {call: create_batch, provider: anthropic, nth: 1}, do: {hold_ms: 25000}}
      - {match: {call: create_batch, provider: anthropic, nth: 2}, do: {delay_ms: 12000}}
      """;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void frozenWhileItsCreatesAreUnderWay() throws Exception {
    try (Installation installation = new Installation(folder, Tuning.FAST, List.of())) {
      installation.start(Kind.BATCHER, Kind.SUBMITTER, Kind.RESULTS);
      installation.simulator().addFaults(SLOW_CREATES);
      try (Scene scene = new Scene(installation)) {
        scene.ask(
            "zombie",
            "gpt-4o-mini",
            "gpt-4.1",
            "gemini-2.5-flash",
            "claude-haiku-4-5",
            "claude-sonnet-4-5");
        scene.awaitFaults(5);
        scene.submitter(1).freeze();

        installation.start(Kind.SUBMITTER);
        scene.awaitOutcomes();
        scene.submitter(1).thaw();
        scene.awaitSubmitters(2);

        assertThat(scene.violations()).isEmpty();
        assertThat(scene.executions()).isEqualTo(scene.asked());
      }
    }
  }

  /** Anthropic has no input file to delete: here nothing but the fence holds the first one back. */
  @Test
  void frozenBetweenTheIntentAndTheCreate() throws Exception {
    try (Installation installation = new Installation(folder, Tuning.FAST, List.of())) {
      installation.start(Kind.BATCHER, Kind.RESULTS);
      installation
          .add(Kind.SUBMITTER)
          .member()
          .put("OFFPEAK_FAILPOINT", "submitter.after_ledger_write:1:20");
      try (Scene scene = new Scene(installation)) {
        scene.submitter(1).start();
        scene.submitter(1).awaitReady();
        scene.ask("held", "claude-haiku-4-5");
        scene.awaitIntent();
        scene.submitter(1).freeze();

        installation.start(Kind.SUBMITTER);
        scene.awaitOutcomes();
        scene.submitter(1).thaw();
        scene.awaitSubmitters(2);

        assertThat(scene.violations()).isEmpty();
        assertThat(scene.executions()).isEqualTo(scene.asked());
      }
    }
  }
}
