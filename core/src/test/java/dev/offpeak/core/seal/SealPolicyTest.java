package dev.offpeak.core.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SealPolicyTest {

  private static final FileFrame FRAME = new FileFrame(7, 1, 50);
  private static final BatchLimits LIMITS = new BatchLimits(3, 357, 150, 10, 100, FRAME);
  private static final SealPolicy POLICY =
      new SealPolicy(LIMITS, Duration.ofSeconds(10), Duration.ofHours(24), Duration.ofMinutes(5));

  @Test
  void aBatchTakesTheRequestThatFillsTheFileToItsLastByte() {
    OpenBatch open = batch(request(100), request(49));

    // 7 + 150 + 1 + 99 = 257 bytes so far; a separator and a line of 99 bytes end at 357.
    assertThat(open.bytes()).isEqualTo(257);
    assertThat(POLICY.sealBefore(open, request(49))).isNull();
    assertThat(POLICY.sealBefore(open, request(50))).isEqualTo(SealReason.BYTES);
  }

  @Test
  void aBatchWithTheLastAllowedRequestIsFull() {
    assertThat(POLICY.sealFull(batch(request(2), request(2)))).isNull();
    assertThat(POLICY.sealFull(batch(request(2), request(2), request(2))))
        .isEqualTo(SealReason.COUNT);
  }

  @Test
  void aBatchIsFullWhenNotEvenAnEmptyBodyWouldFit() {
    assertThat(POLICY.sealFull(batch(request(100), request(95)))).isNull();
    // One separator, one line overhead and {} need 53 bytes.
    OpenBatch almost = new OpenBatch(2, 357 - 53, 2, 2, 0, OpenBatch.NO_DEADLINE, 0, 0);
    OpenBatch full = new OpenBatch(2, 357 - 52, 2, 2, 0, OpenBatch.NO_DEADLINE, 0, 0);
    assertThat(POLICY.sealFull(almost)).isNull();
    assertThat(POLICY.sealFull(full)).isEqualTo(SealReason.BYTES);
  }

  @Test
  void inputsAndTokensAreSummed() {
    OpenBatch open = batch(new Candidate(2, 6, 60, OpenBatch.NO_DEADLINE, 0));

    assertThat(POLICY.sealBefore(open, new Candidate(2, 4, 40, OpenBatch.NO_DEADLINE, 0))).isNull();
    assertThat(POLICY.sealBefore(open, new Candidate(2, 5, 40, OpenBatch.NO_DEADLINE, 0)))
        .isEqualTo(SealReason.INPUTS);
    assertThat(POLICY.sealBefore(open, new Candidate(2, 4, 41, OpenBatch.NO_DEADLINE, 0)))
        .isEqualTo(SealReason.TOKENS);
  }

  @Test
  void aRequestThatNoBatchCouldTakeNamesTheLimit() {
    assertThat(LIMITS.excess(request(100))).isNull();
    assertThat(LIMITS.excess(request(101))).isEqualTo(new Excess("max-line-bytes", 151, 150));
    assertThat(LIMITS.excess(new Candidate(2, 11, 1, OpenBatch.NO_DEADLINE, 0)))
        .isEqualTo(new Excess("max-inputs", 11, 10));
    assertThat(LIMITS.excess(new Candidate(2, 1, 101, OpenBatch.NO_DEADLINE, 0)))
        .isEqualTo(new Excess("max-enqueued-tokens", 101, 100));
    assertThat(new BatchLimits(3, 100, 150, 10, 100, FRAME).excess(request(44)))
        .isEqualTo(new Excess("max-bytes", 101, 100));
  }

  @Test
  void lingerCountsFromTheFirstRequest() {
    OpenBatch open = OpenBatch.opened(LIMITS, 1_000).append(LIMITS, request(2));

    assertThat(POLICY.sealDue(open, 10_999)).isNull();
    assertThat(POLICY.sealDue(open, 11_000)).isEqualTo(SealReason.LINGER);
  }

  @Test
  void theEarliestDeadlineLessWindowAndMarginSeals() {
    long near = Duration.ofHours(24).toMillis() + Duration.ofMinutes(5).toMillis() + 3_000;
    OpenBatch open =
        batch(
            new Candidate(2, 1, 1, near, 0),
            new Candidate(2, 1, 1, near + 5_000, 0),
            new Candidate(2, 1, 1, OpenBatch.NO_DEADLINE, 0));

    assertThat(POLICY.sealDue(open, 2_999)).isNull();
    assertThat(POLICY.sealDue(open, 3_000)).isEqualTo(SealReason.DEADLINE);
  }

  @Test
  void aDeadlineIsKeptWhenTheWindowEndsBeforeIt() {
    long now = 1_000_000;
    long day = Duration.ofHours(24).toMillis();

    assertThat(POLICY.keeps(now + day, now)).isTrue();
    assertThat(POLICY.keeps(now + day - 1, now)).isFalse();
    assertThat(POLICY.keeps(OpenBatch.NO_DEADLINE, now)).isTrue();
  }

  @Test
  void aFlushWaitsUntilTheRequestsBeforeItAreThrough() {
    OpenBatch before = batch(new Candidate(2, 1, 1, OpenBatch.NO_DEADLINE, 90));
    OpenBatch across = before.append(LIMITS, new Candidate(2, 1, 1, OpenBatch.NO_DEADLINE, 101));
    OpenBatch after = batch(new Candidate(2, 1, 1, OpenBatch.NO_DEADLINE, 101));

    assertThat(POLICY.sealFlushed(before, 100, false)).isFalse();
    assertThat(POLICY.sealFlushed(before, 100, true)).isTrue();
    assertThat(POLICY.sealFlushed(across, 100, false)).isTrue();
    assertThat(POLICY.sealFlushed(after, 100, true)).isFalse();
  }

  @Test
  void aNegativeLingerIsRefusedByName() {
    assertThatThrownBy(
            () ->
                new SealPolicy(LIMITS, Duration.ofSeconds(-1), Duration.ofHours(1), Duration.ZERO))
        .hasMessage("linger is PT-1S; it must not be negative");
  }

  private static OpenBatch batch(Candidate... requests) {
    OpenBatch open = OpenBatch.opened(LIMITS, 0);
    for (Candidate request : requests) {
      open = open.append(LIMITS, request);
    }
    return open;
  }

  private static Candidate request(int compactLength) {
    return new Candidate(compactLength, 1, 1, OpenBatch.NO_DEADLINE, 0);
  }
}
