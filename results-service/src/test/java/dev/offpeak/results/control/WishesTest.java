package dev.offpeak.results.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.results.lane.LaneRequest;
import dev.offpeak.schemas.avro.ControlAction;
import dev.offpeak.schemas.avro.ControlRecord;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.avro.SealedBecause;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WishesTest {

  private static final Instant T = Instant.parse("2026-11-24T12:00:00Z");
  private static final String LANE = "openai|main|/v1/responses|gpt";

  private final Wishes wishes = new Wishes();

  private static ControlRecord.Builder wish(ControlAction action, Instant at) {
    return ControlRecord.newBuilder().setAction(action).setIssuedAt(at);
  }

  private static ControlRecord.Builder cancel() {
    return wish(ControlAction.CANCEL, T);
  }

  private static SealedBatch batch(Instant sealedAt) {
    return SealedBatch.newBuilder()
        .setBatchId("B1")
        .setScope("openai|main")
        .setLane(LANE)
        .setProvider("openai")
        .setAccount("main")
        .setEndpoint("/v1/responses")
        .setModel("gpt")
        .setLanePartition(0)
        .setPositions(ByteBuffer.allocate(0))
        .setRequests(1)
        .setBytes(0)
        .setEstimatedTokens(0)
        .setReason(SealedBecause.DEADLINE)
        .setOpenedAt(sealedAt)
        .setSealedAt(sealedAt)
        .build();
  }

  private static LaneRequest request(String tenant, String customId, Instant admittedAt) {
    return new LaneRequest(
        null,
        List.of(),
        customId,
        tenant,
        Map.of(),
        1,
        "gpt",
        null,
        admittedAt,
        0,
        0,
        ByteBuffer.allocate(0));
  }

  private boolean isCancelled(String tenant, String customId, Instant at) {
    return wishes.cancelledAt(batch(at), request(tenant, customId, at)) != null;
  }

  @Test
  void theLaterOfPauseAndResumeHolds() {
    assertThat(wishes.holds("main")).isFalse();

    var _ = wishes.heed(wish(ControlAction.PAUSE, T).setAccount("main").build());
    assertThat(wishes.holds("main")).isTrue();
    assertThat(wishes.holds("other")).isFalse();

    var _ = wishes.heed(wish(ControlAction.RESUME, T.plusSeconds(1)).setAccount("main").build());
    assertThat(wishes.holds("main")).isFalse();

    var _ = wishes.heed(wish(ControlAction.PAUSE, T).setAccount("main").build());
    assertThat(wishes.holds("main")).as("an older record that is read again").isFalse();
  }

  @Test
  void aWishWithoutAnAccountIsAboutAll() {
    var _ = wishes.heed(wish(ControlAction.PAUSE, T).build());
    assertThat(wishes.holds("main")).isTrue();

    var _ = wishes.heed(wish(ControlAction.RESUME, T.plusSeconds(1)).setAccount("main").build());
    assertThat(wishes.holds("main")).isFalse();
    assertThat(wishes.holds("other")).isTrue();
  }

  @Test
  void aCustomIdIsCancelledInItsTenantAndInTheDefaultOneWhenNoneIsNamed() {
    var _ = wishes.heed(cancel().setCustomId("a").build());
    assertThat(isCancelled("default", "a", T)).isTrue();
    assertThat(isCancelled("default", "b", T)).isFalse();
    assertThat(isCancelled("acme", "a", T)).isFalse();

    var _ = wishes.heed(cancel().setTenant("acme").setCustomId("a").build());
    assertThat(isCancelled("acme", "a", T)).isTrue();
    assertThat(isCancelled("acme", "b", T)).isFalse();
  }

  @Test
  void aTenantIsCancelledUpToTheMomentOfTheWish() {
    var _ = wishes.heed(cancel().setTenant("acme").build());

    assertThat(isCancelled("acme", "a", T)).isTrue();
    assertThat(isCancelled("acme", "a", T.plusMillis(1))).isFalse();
    assertThat(isCancelled("default", "a", T)).isFalse();
  }

  @Test
  void aBatchOfOneIsABatchLikeAnyOther() {
    var _ = wishes.heed(cancel().setBatchId("B2").build());
    var _ = wishes.heed(cancel().setAccount("other").build());
    var _ = wishes.heed(cancel().setAccount("main").setLane("another").build());
    assertThat(isCancelled("acme", "a", T)).isFalse();

    var _ = wishes.heed(cancel().setAccount("main").setLane(LANE).build());
    assertThat(isCancelled("acme", "a", T)).isTrue();
    assertThat(isCancelled("acme", "a", T.plusMillis(1))).isFalse();
  }

  @Test
  void cancelsOfLongAgoAreForgotten() {
    var _ = wishes.heed(cancel().setTenant("acme").build());
    var _ =
        wishes.heed(wish(ControlAction.CANCEL, T.plusSeconds(200_000)).setBatchId("B9").build());

    assertThat(isCancelled("acme", "a", T)).isFalse();
  }
}
