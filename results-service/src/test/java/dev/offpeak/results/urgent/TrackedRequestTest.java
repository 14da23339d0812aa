package dev.offpeak.results.urgent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.offpeak.core.outcome.Trouble;
import dev.offpeak.core.seal.Manifest;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.avro.SealedBecause;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrackedRequestTest {

  private static final Instant DEADLINE = Instant.parse("2026-11-24T12:00:00Z");
  private static final Instant BEFORE = DEADLINE.minusSeconds(1);
  private static final CallResult.TurnedDown BUSY =
      new CallResult.TurnedDown("busy", "too many calls", null);

  @Test
  void aFreshRequestMayBeCalledUntilItsDeadline() {
    assertThat(fresh().trouble(BEFORE)).isNull();
    assertThat(fresh().trouble(DEADLINE))
        .satisfies(
            why -> {
              assertThat(why.code()).isEqualTo("deadline_passed");
              assertThat(why.as()).isEqualTo(Trouble.As.REJECTED);
            });
  }

  @Test
  void whatAnEarlierOwnerMayHaveCalledIsNeverCalledAndItsIntentStays() {
    TrackedRequest doubtful = new TrackedRequest(urgent(), true);

    assertThat(doubtful.trouble(BEFORE).code()).isEqualTo("sync_in_doubt");
    assertThat(doubtful.isIntended()).isTrue();
    assertThat(doubtful.isIntendedInVain()).isFalse();
  }

  @Test
  void theIntentOfACallThatWasTurnedDownIsTakenBack() {
    TrackedRequest request = fresh();
    request.intended(true);
    request.trying();
    assertThat(request.isIntendedInVain()).isFalse();

    request.turnedDown(BUSY);

    assertThat(request.isIntendedInVain()).isTrue();
    assertThat(request.tries()).isEqualTo(1);
    assertThat(request.trouble(BEFORE)).isNull();
    assertThat(request.trouble(DEADLINE).code()).isEqualTo("busy");
  }

  @Test
  void withoutTimeForAnotherTryTheRefusalIsTheFailure() {
    TrackedRequest request = fresh();
    request.intended(true);
    request.trying();

    request.turnedDownForGood(BUSY);

    assertThat(request.stage()).isEqualTo(TrackedRequest.Stage.WAITING);
    assertThat(request.trouble(BEFORE).message()).startsWith("too many calls").contains("deadline");
    assertThat(request.isIntendedInVain()).isTrue();
  }

  @Test
  void aRecordWithoutDeadlineIsRefusedByName() {
    SealedBatch endless = batch(null);

    assertThatThrownBy(() -> UrgentRequest.of(1, endless))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("01B")
        .hasMessageContaining("deadline");
  }

  private static TrackedRequest fresh() {
    return new TrackedRequest(urgent(), false);
  }

  private static UrgentRequest urgent() {
    return UrgentRequest.of(1, batch(DEADLINE));
  }

  private static SealedBatch batch(@Nullable Instant deadline) {
    return SealedBatch.newBuilder()
        .setBatchId("01B")
        .setScope("openai|main|m")
        .setLane("openai|main|/v1/responses|m")
        .setProvider("openai")
        .setAccount("main")
        .setEndpoint("/v1/responses")
        .setModel("m")
        .setLanePartition(0)
        .setPositions(ByteBuffer.wrap(Manifest.of(0, 5).encode()))
        .setRequests(1)
        .setBytes(1)
        .setEstimatedTokens(1)
        .setReason(SealedBecause.DEADLINE)
        .setOpenedAt(BEFORE)
        .setSealedAt(BEFORE)
        .setDeadline(deadline)
        .build();
  }
}
