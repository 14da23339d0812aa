package dev.offpeak.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.offpeak.system.world.Installation;
import dev.offpeak.system.world.Instance;
import dev.offpeak.system.world.Kind;
import dev.offpeak.system.world.Tuning;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A provider refuses an account: new requests go around it, and those it has wait for it. */
class RefusedAccountIT {

  private static final int MOST_TRIES = 5;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void newRequestsGoToAnotherAccountUntilItIsAcceptedAgain() throws Exception {
    try (Installation installation = new Installation(folder, Tuning.FAST, List.of())) {
      installation.start(Kind.BATCHER, Kind.SUBMITTER, Kind.RESULTS);
      Instance submitter = installation.of(Kind.SUBMITTER).getFirst();
      try (Scene scene = new Scene(installation)) {
        installation.simulator().revokeOpenAiKey();
        scene.ask("held", "gpt-4o-mini");
        await("the account is refused")
            .atMost(Scene.PATIENCE)
            .until(() -> submitter.metric("offpeak_submitter_paused_accounts") == 1);

        // Until the batcher has heard of it, what is asked goes to the refused account and waits.
        int tries = 0;
        do {
          tries++;
          scene.ask("around" + tries, "gpt-4.1");
        } while (!scene.hasOutcomesSoon("around" + tries) && tries < MOST_TRIES);
        assertThat(scene.missingOf("around" + tries)).isEmpty();
        assertThat(scene.missingOf("held")).hasSize(10);

        installation.simulator().restoreOpenAiKey();
        scene.awaitOutcomes();
        assertThat(scene.violations()).isEmpty();
        assertThat(scene.executions()).isEqualTo(scene.asked());
      }
    }
  }
}
