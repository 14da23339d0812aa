package dev.offpeak.submitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.offpeak.schemas.avro.ControlAction;
import dev.offpeak.schemas.avro.ControlRecord;
import dev.offpeak.schemas.avro.JobStateName;
import dev.offpeak.testkit.broker.WithKafka;
import dev.offpeak.testkit.time.Patience;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An account that its provider refuses is told of, so that new requests go around it. */
@WithKafka
class AccountNoticesIT extends SubmitterScene {

  private static final Duration PATIENCE = Patience.LONG;

  @Test
  void aRevokedKeyIsToldOnceAndThatItWorksAgainAsWell() throws Exception {
    SimulatorFaults.key(simulator, "revoke", "sk-test");
    var _ = submitters.start();
    String batch = installation.seal(3);

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(installation.controls())
                    .first()
                    .satisfies(
                        notice -> {
                          assertThat(notice.getAction()).isEqualTo(ControlAction.UNUSABLE);
                          assertThat(notice.getAccount()).isEqualTo("main");
                          assertThat(notice.getValidUntil()).isAfter(notice.getIssuedAt());
                        }));
    assertThat(installation.jobs().get(batch).getState()).isNotEqualTo(JobStateName.ENDED);
    SimulatorFaults.key(simulator, "restore", "sk-test");

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(actions()).last().isEqualTo(ControlAction.USABLE));
    assertThat(actions()).filteredOn(ControlAction.USABLE::equals).hasSize(1);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(installation.jobs().get(batch).getState())
                    .isEqualTo(JobStateName.ENDED));
  }

  private List<ControlAction> actions() {
    return installation.controls().stream().map(ControlRecord::getAction).toList();
  }
}
