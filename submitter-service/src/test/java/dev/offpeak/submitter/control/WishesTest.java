package dev.offpeak.submitter.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.lane.Lane;
import dev.offpeak.core.lane.Provider;
import dev.offpeak.schemas.avro.ControlAction;
import dev.offpeak.schemas.avro.ControlRecord;
import dev.offpeak.submitter.batch.BatchPlace;
import dev.offpeak.submitter.control.Wishes.Settlement;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WishesTest {

  private static final Instant T = Instant.parse("2026-11-24T12:00:00Z");
  private static final Lane LANE = Lane.of(Provider.OPENAI, "main", "/v1/responses", "gpt");

  private final Wishes wishes = new Wishes();

  private static BatchPlace batch(String id, Instant sealedAt) {
    return new BatchPlace(id, 0, 0, LANE.scope(), LANE, 1, 1, 1, null, sealedAt);
  }

  private static ControlRecord.Builder cancel() {
    return ControlRecord.newBuilder().setAction(ControlAction.CANCEL).setIssuedAt(T);
  }

  @Test
  void oneBatchIsCancelled() {
    assertThat(wishes.noteCancel(cancel().setBatchId("B1").build())).isTrue();

    assertThat(wishes.cancels(batch("B1", T.minusSeconds(1)))).isTrue();
    assertThat(wishes.cancels(batch("B2", T.minusSeconds(1)))).isFalse();
  }

  @Test
  void allThatWasSealedBeforeIsCancelledAndNothingAfter() {
    var _ = wishes.noteCancel(cancel().build());

    assertThat(wishes.cancels(batch("B1", T.minusSeconds(1)))).isTrue();
    assertThat(wishes.cancels(batch("B2", T.plusSeconds(1)))).isFalse();
  }

  @Test
  void batchesAreToldByAccountAndLane() {
    var _ = wishes.noteCancel(cancel().setAccount("other").build());
    var _ = wishes.noteCancel(cancel().setLane("openai|other|/v1/responses|gpt").build());
    assertThat(wishes.cancels(batch("B1", T))).isFalse();

    var _ = wishes.noteCancel(cancel().setAccount("main").setLane(LANE.id()).build());

    assertThat(wishes.cancels(batch("B1", T))).isTrue();
  }

  @Test
  void requestsThatAreNotSealedAreTheBatchers() {
    int before = wishes.version();

    assertThat(wishes.noteCancel(cancel().setTenant("acme").build())).isFalse();
    assertThat(wishes.noteCancel(cancel().setCustomId("a").build())).isFalse();

    assertThat(wishes.cancels(batch("B1", T))).isFalse();
    assertThat(wishes.version()).isEqualTo(before);
  }

  @Test
  void aDoubtIsSettledByNamingTheBatchAndToAdoptAlsoTheJob() {
    ControlRecord.Builder adopt = cancel().setAction(ControlAction.ADOPT).setBatchId("B1");
    assertThat(wishes.noteSettlement(adopt.build())).isFalse();
    assertThat(wishes.settlement("B1")).isEmpty();

    assertThat(wishes.noteSettlement(adopt.setProviderJobId("job").build())).isTrue();
    assertThat(wishes.settlement("B1")).contains(new Settlement("job", T));

    ControlRecord.Builder discard = cancel().setAction(ControlAction.DISCARD);
    assertThat(wishes.noteSettlement(discard.build())).isFalse();
    assertThat(wishes.noteSettlement(discard.setBatchId("B1").build())).isTrue();
    assertThat(wishes.settlement("B1")).contains(new Settlement(null, T));
  }

  @Test
  void whatWasWishedLongAgoIsForgotten() {
    var _ = wishes.noteCancel(cancel().build());
    var _ =
        wishes.noteSettlement(cancel().setAction(ControlAction.DISCARD).setBatchId("B1").build());

    var _ =
        wishes.noteCancel(cancel().setBatchId("B2").setIssuedAt(T.plusSeconds(200_000)).build());

    assertThat(wishes.cancels(batch("B1", T.minusSeconds(1)))).isFalse();
    assertThat(wishes.settlement("B1")).isEmpty();
  }
}
