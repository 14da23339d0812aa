package dev.offpeak.core.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LearnedLimitTest {

  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  @Test
  void aRefusalLeavesNineTenthsOfWhatWasRefused() {
    var learned = LearnedLimit.NONE.refused(800, 200, null, NOW);

    assertThat(learned.limit()).isEqualTo(900);
    assertThat(learned.isLearned()).isTrue();
    assertThat(LearnedLimit.NONE.isLearned()).isFalse();
  }

  @Test
  void jobsThatWereSubmittedTogetherTeachOneLesson() {
    var learned = LearnedLimit.NONE;
    for (int others = 9; others >= 5; others--) {
      learned = learned.refused(others * 100, 100, null, NOW);
    }

    assertThat(learned.limit()).isEqualTo(540);
    assertThat(learned.refusals()).isEqualTo(1);
    assertThat(learned.patience()).isEqualTo(2);
    assertThat(learned.pausedUntil()).isEqualTo(NOW.plusSeconds(30));
  }

  @Test
  void refusalsInARowPauseLongerUntilAJobIsAccepted() {
    var first = LearnedLimit.NONE.refused(0, 100, null, NOW);
    var second = first.refused(0, 100, null, first.pausedUntil());
    var accepted = second.accepted(false);
    var third = accepted.refused(0, 100, null, second.pausedUntil());

    assertThat(Duration.between(first.pausedUntil(), second.pausedUntil()))
        .isEqualTo(Duration.ofSeconds(60));
    assertThat(Duration.between(second.pausedUntil(), third.pausedUntil()))
        .isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void theProvidersOwnWaitIsObeyed() {
    var learned = LearnedLimit.NONE.refused(0, 100, Duration.ofHours(1), NOW);

    assertThat(learned.pausedUntil()).isEqualTo(NOW.plus(Duration.ofHours(1)));
    assertThat(learned.refused(0, 100, Duration.ofSeconds(1), NOW).pausedUntil())
        .isEqualTo(learned.pausedUntil());
  }

  @Test
  void itIsRaisedOnlyWhileItHoldsBatchesBackAndMoreRarelyAfterEachRefusal() {
    var learned = LearnedLimit.NONE.refused(800, 200, null, NOW);

    assertThat(learned.accepted(false).accepted(false).accepted(false).limit()).isEqualTo(900);
    assertThat(learned.accepted(true).limit()).isEqualTo(900);
    assertThat(learned.accepted(true).accepted(true).limit()).isEqualTo(945);

    var again = learned.refused(800, 200, null, learned.pausedUntil());
    assertThat(again.patience()).isEqualTo(4);
  }

  @Test
  void pastTheOldCeilingItIsRaisedFaster() {
    var learned = new LearnedLimit(1_000, 990, 64, 63, 0, NOW);

    assertThat(learned.accepted(true).patience()).isEqualTo(32);
    assertThat(learned.accepted(true).limit()).isEqualTo(1_050);
  }
}
