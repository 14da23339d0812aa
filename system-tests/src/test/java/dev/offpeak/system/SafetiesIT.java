package dev.offpeak.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.system.world.Installation;
import dev.offpeak.system.world.Kind;
import dev.offpeak.system.world.Member;
import dev.offpeak.system.world.Tuning;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each safety keeps the promise in a scene that is made for it, and when it is switched off the
 * harness reports the violation: it can fail.
 */
class SafetiesIT {

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  /**
   * A submitter stands still before it records that a job was made; a second one takes over and
   * ends the job. What the first writes then must not count, even when the ledger is read again.
   */
  @ParameterizedTest(name = "fencing: {0}")
  @ValueSource(booleans = {true, false})
  void fencing(boolean on) throws Exception {
    try (Installation installation = new Installation(folder, Tuning.FAST, List.of())) {
      installation.start(Kind.BATCHER, Kind.RESULTS);
      Member first = installation.add(Kind.SUBMITTER).member();
      Member second = installation.add(Kind.SUBMITTER).member();
      // Uploading, Uploaded and Creating are recorded; Submitted is the fourth. It is held for less
      // than a session, so that it is written as soon as the first one goes on.
      first.put("OFFPEAK_FAILPOINT", "submitter.before_ledger_write:4:6");
      first.put("OFFPEAK_UNSAFE", on ? "" : "submitter.fencing");
      second.put("OFFPEAK_UNSAFE", on ? "" : "submitter.fencing");
      try (Scene scene = new Scene(installation)) {
        first.start();
        first.awaitReady();
        scene.ask("fence", "gpt-4o-mini");
        scene.awaitCreates(1);
        first.freeze();
        second.start();
        scene.awaitOutcomes();
        first.thaw();
        scene.awaitSubmitters(2);
        second.kill();
        scene.awaitSubmitters(1);

        if (on) {
          assertThat(scene.violations()).isEmpty();
        } else {
          scene.awaitTrouble(scene::hasDoubledOutcome);
          assertThat(scene.violations())
              .anyMatch(each -> each.contains("more than one outcome"))
              .anyMatch(each -> each.contains("audit"));
        }
      }
    }
  }

  /** A submitter is killed while a create that has taken effect is not answered yet. */
  @ParameterizedTest(name = "intent: {0}")
  @ValueSource(booleans = {true, false})
  void intent(boolean on) throws Exception {
    try (Installation installation = new Installation(folder, Tuning.FAST, List.of())) {
      installation.start(Kind.BATCHER, Kind.RESULTS);
      Member submitter = installation.add(Kind.SUBMITTER).member();
      submitter.put("OFFPEAK_UNSAFE", on ? "" : "submitter.intent");
      installation
          .simulator()
          .addFaults("- {match: {call: create_batch, nth: 1}, do: {hold_ms: 60000}}");
      try (Scene scene = new Scene(installation)) {
        submitter.start();
        submitter.awaitReady();
        scene.ask("intent", "gpt-4o-mini");
        scene.awaitFaults(1);
        submitter.kill();
        submitter.start();
        scene.awaitOutcomes();

        if (on) {
          assertThat(scene.violations()).isEmpty();
        } else {
          scene.awaitTrouble(() -> scene.executions() > scene.asked());
          assertThat(scene.violations())
              .anyMatch(each -> each.contains("billed more than once"))
              .anyMatch(each -> each.contains("audit"));
        }
      }
    }
  }

  /** The batcher's offsets are set back to the beginning, as kafka-consumer-groups does it. */
  @ParameterizedTest(name = "dedup: {0}")
  @ValueSource(booleans = {true, false})
  void dedup(boolean on) throws Exception {
    try (Installation installation = new Installation(folder, Tuning.FAST, List.of())) {
      Member batcher = installation.add(Kind.BATCHER).member();
      if (!on) {
        batcher.put("OFFPEAK_BATCHING_DEDUP_WINDOW", "1ms");
      }
      batcher.start();
      installation.start(Kind.SUBMITTER, Kind.RESULTS);
      batcher.awaitReady();
      try (Scene scene = new Scene(installation)) {
        scene.ask("reset", "gpt-4o-mini", "claude-haiku-4-5", "gemini-2.5-flash");
        scene.awaitOutcomes();
        long creates = scene.creates();
        batcher.terminate();
        scene.groups().readFromTheBeginning("offpeak-batcher", "llm.requests");
        batcher.start();
        batcher.awaitReady();

        if (on) {
          scene.awaitDuplicates(scene.asked());
          assertThat(scene.violations()).isEmpty();
          assertThat(scene.creates()).as("jobs created").isEqualTo(creates);
        } else {
          scene.awaitTrouble(() -> scene.executions() == 2 * scene.asked());
          assertThat(scene.violations())
              .anyMatch(each -> each.contains("billed more than once"))
              .anyMatch(each -> each.contains("more than one outcome"))
              .anyMatch(each -> each.contains("audit"));
        }
      }
    }
  }
}
