package dev.offpeak.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RequestMarksTest {

  private static final long ALL_ADMITTED = Long.MAX_VALUE;

  private final RequestMarks marks = new RequestMarks();

  @Test
  void anOffsetWithoutRequestIsAbsent() {
    marks.add(RequestMark.OUTCOME, 0, 7);

    assertThat(marks.standing(0, 7, ALL_ADMITTED)).isEqualTo(Standing.ABSENT);
    assertThat(marks.standing(1, 7, ALL_ADMITTED)).isEqualTo(Standing.ABSENT);
  }

  @Test
  void oneOutcomeSettlesAndTwoAreAViolation() {
    seen();
    marks.add(RequestMark.OUTCOME, 0, 7);
    assertThat(standing()).isEqualTo(Standing.SETTLED);

    marks.add(RequestMark.OUTCOME, 0, 7);
    assertThat(standing()).isEqualTo(Standing.DOUBLED);
    assertThat(standing().isViolation()).isTrue();
  }

  @Test
  void whatAdmissionHasNotReadIsInFlight() {
    seen();

    assertThat(marks.standing(0, 7, 7)).isEqualTo(Standing.IN_FLIGHT);
    assertThat(marks.standing(0, 7, 8)).isEqualTo(Standing.MISSING);
  }

  @Test
  void anAttemptIsInFlightUntilItsJobIsPublished() {
    seen();
    marks.add(RequestMark.ATTEMPT, 0, 7);
    assertThat(standing()).isEqualTo(Standing.IN_FLIGHT);

    marks.add(RequestMark.PUBLISHED, 0, 7);
    assertThat(standing()).isEqualTo(Standing.MISSING);
  }

  @Test
  void aRetryIsInFlightBeforeAndAfterItIsAdmittedAgain() {
    seen();
    marks.add(RequestMark.ATTEMPT, 0, 7);
    marks.add(RequestMark.PUBLISHED, 0, 7);
    marks.add(RequestMark.RETRY, 0, 7);
    assertThat(standing()).isEqualTo(Standing.IN_FLIGHT);

    marks.add(RequestMark.ATTEMPT, 0, 7);
    assertThat(standing()).isEqualTo(Standing.IN_FLIGHT);

    marks.add(RequestMark.PUBLISHED, 0, 7);
    assertThat(standing()).isEqualTo(Standing.MISSING);
  }

  @Test
  void aRequestWhoseOnlyPositionWasDroppedIsDropped() {
    seen();
    marks.add(RequestMark.ATTEMPT, 0, 7);
    marks.add(RequestMark.DROPPED, 0, 7);

    assertThat(standing()).isEqualTo(Standing.DROPPED);
  }

  @Test
  void readingTheTopicAgainChangesNothingForARequestInFlight() {
    seen();
    marks.add(RequestMark.ATTEMPT, 0, 7);
    marks.add(RequestMark.ATTEMPT, 0, 7);
    marks.add(RequestMark.DROPPED, 0, 7);

    assertThat(standing()).isEqualTo(Standing.IN_FLIGHT);
  }

  @Property
  void countsStopAtTheirLargestAndLeaveTheOthersAlone(
      @ForAll RequestMark mark, @ForAll @IntRange(max = 300) int times) {
    RequestMarks own = new RequestMarks();
    for (int i = 0; i < times; i++) {
      own.add(mark, 3, 1);
    }
    assertThat(own.count(mark, 3, 1))
        .isLessThanOrEqualTo(times)
        .isGreaterThanOrEqualTo(times > 0 ? 1 : 0);
    for (RequestMark other : RequestMark.values()) {
      if (other != mark) {
        assertThat(own.count(other, 3, 1)).isZero();
      }
    }
  }

  @Property
  void everySeenRequestIsVisitedOnce(@ForAll List<@LongRange(max = 100_000) Long> offsets) {
    RequestMarks own = new RequestMarks();
    offsets.forEach(offset -> own.add(RequestMark.SEEN, 2, offset));
    List<Long> visited = new ArrayList<>();

    own.forEach((_, offset, _) -> visited.add(offset));

    assertThat(visited).containsExactlyElementsOf(offsets.stream().distinct().sorted().toList());
  }

  private void seen() {
    marks.add(RequestMark.SEEN, 0, 7);
  }

  private Standing standing() {
    return marks.standing(0, 7, ALL_ADMITTED);
  }
}
