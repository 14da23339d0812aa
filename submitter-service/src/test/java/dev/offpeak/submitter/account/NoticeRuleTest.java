package dev.offpeak.submitter.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.submitter.account.NoticeRule.Notice;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NoticeRuleTest {

  private static final Instant T = Instant.parse("2026-11-24T12:00:00Z");

  private final NoticeRule rule = new NoticeRule(Duration.ofMinutes(5));

  @Test
  void ofAnAccountThatWasNeverRefusedNothingIsTold() {
    assertThat(rule.due(false, null, T)).isNull();
  }

  @Test
  void aRefusalIsToldOnceAndRenewedWhileItGoesOn() {
    assertThat(tell(true, T, T)).isEqualTo(new Notice(at(15)));

    assertThat(tell(true, at(1), at(1))).isNull();
    assertThat(tell(true, at(4), at(4))).isNull();
    assertThat(tell(true, at(5), at(5))).isEqualTo(new Notice(at(20)));
  }

  @Test
  void aSuccessEndsItOnceNoCallWasRefusedForAWhile() {
    tell(true, T, T);

    assertThat(tell(false, T, at(1))).as("jobs can be looked at").isNull();
    assertThat(tell(true, at(2), at(2))).as("but not created").isNull();
    assertThat(tell(false, at(2), at(6))).isNull();
    assertThat(tell(false, at(2), at(7))).isEqualTo(new Notice(null));
    assertThat(tell(false, at(2), at(8))).isNull();
  }

  @Test
  void anAccountThatNobodyTriesIsNotAvoidedForEver() {
    tell(true, T, T);

    assertThat(tell(true, T, at(14))).isNull();
    assertThat(tell(true, T, at(16))).as("its notice has ended").isNull();
    assertThat(tell(true, at(17), at(17))).isEqualTo(new Notice(at(32)));
  }

  private @Nullable Notice tell(boolean refused, Instant refusedAt, Instant now) {
    Notice due = rule.due(refused, refusedAt, now);
    if (due != null) {
      rule.told(due);
    }
    return due;
  }

  private static Instant at(long minutes) {
    return T.plus(Duration.ofMinutes(minutes));
  }
}
