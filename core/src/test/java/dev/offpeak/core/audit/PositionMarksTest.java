package dev.offpeak.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PositionMarksTest {

  private final PositionMarks marks = new PositionMarks();

  @Test
  void aPositionIsPublishedAndBilledIndependently() {
    marks.published(1, 70_000);
    marks.billed(1, 70_000);
    marks.billed(1, 70_000);
    marks.billed(1, 70_001);

    assertThat(marks.isPublished(1, 70_000)).isTrue();
    assertThat(marks.timesBilled(1, 70_000)).isEqualTo(2);
    assertThat(marks.isPublished(1, 70_001)).isFalse();
    assertThat(marks.timesBilled(1, 70_001)).isEqualTo(1);
    assertThat(marks.timesBilled(0, 70_000)).isZero();
  }

  @Test
  void manyBillsDoNotTouchTheOtherMark() {
    for (int i = 0; i < 1000; i++) {
      marks.billed(0, 0);
    }

    assertThat(marks.isPublished(0, 0)).isFalse();
    assertThat(marks.timesBilled(0, 0)).isEqualTo(127);
  }
}
