package dev.offpeak.submitter.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.control.ControlCommand;
import dev.offpeak.core.control.ControlCommand.Pause;
import dev.offpeak.core.control.ControlCommand.Resume;
import dev.offpeak.core.control.ControlState;
import dev.offpeak.core.job.Moment;
import dev.offpeak.core.job.Problem;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.core.wait.Backoff;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AccountGateTest {

  private static final Instant T = Instant.parse("2026-11-24T12:00:00Z");
  private static final ProviderError NO_FUNDS =
      new ProviderError.AccountProblem("insufficient_quota", "pay first");

  private final ControlState control = new ControlState();
  private final AccountGate gate =
      new AccountGate("main", control, new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(10)));

  private static Moment at(long seconds) {
    return new Moment(T.plusSeconds(seconds), 1, false);
  }

  private void applied(ControlCommand command) {
    assertThat(control.apply(command)).isTrue();
  }

  @Test
  void isOpenAsLongAsNothingIsWrong() {
    assertThat(gate.heldUntil(true, at(0))).isNull();
    assertThat(gate.problem()).isNull();
  }

  @Test
  void whenRefusedAllWaitAndOneAtATimeTriesAgain() {
    gate.refused(NO_FUNDS, at(0));

    assertThat(gate.problem()).isEqualTo(new Problem("insufficient_quota", "pay first"));
    assertThat(gate.heldUntil(false, at(5))).isEqualTo(T.plusSeconds(10));
    assertThat(gate.heldUntil(false, at(10))).as("the one that tries").isNull();
    assertThat(gate.heldUntil(false, at(10))).as("the next one").isEqualTo(T.plusSeconds(20));
  }

  @Test
  void itWaitsLongerEachTimeAndOpensWithTheFirstSuccess() {
    gate.refused(NO_FUNDS, at(0));
    gate.refused(NO_FUNDS, at(10));
    assertThat(gate.heldUntil(false, at(10))).isEqualTo(T.plusSeconds(30));

    gate.passed();

    assertThat(gate.heldUntil(false, at(11))).isNull();
    assertThat(gate.problem()).isNull();
  }

  @Test
  void anOperatorHoldsBackWhatIsNewAndNothingElse() {
    applied(new Pause("main", T));

    assertThat(gate.heldUntil(true, at(0))).isEqualTo(T.plus(Duration.ofMinutes(10)));
    assertThat(gate.heldUntil(false, at(0))).isNull();
    assertThat(gate.problem()).extracting(Problem::code).isEqualTo("paused");
    applied(new Resume("main", T.plusSeconds(1)));
    assertThat(gate.heldUntil(true, at(0))).isNull();
  }

  @Test
  void anOperatorCanHaveARefusedAccountTriedAtOnce() {
    gate.refused(NO_FUNDS, at(0));

    applied(new Resume("main", T));

    assertThat(gate.heldUntil(true, at(1))).isNull();
  }

  @Test
  void aPauseThatIsReadAfterALaterResumeOfAllHoldsNothing() {
    applied(new Resume(null, T.plusSeconds(60)));
    applied(new Pause("main", T));

    assertThat(gate.heldUntil(true, at(120))).isNull();
    assertThat(gate.problem()).isNull();
  }
}
