package dev.offpeak.schemas.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.offpeak.core.control.BatchFilter;
import dev.offpeak.core.control.ControlCommand;
import dev.offpeak.core.control.ControlCommand.CancelBatches;
import dev.offpeak.core.control.ControlCommand.CancelRequests;
import dev.offpeak.core.control.ControlCommand.Flush;
import dev.offpeak.core.control.ControlCommand.Notice;
import dev.offpeak.core.control.ControlCommand.Pause;
import dev.offpeak.core.control.ControlCommand.Resume;
import dev.offpeak.core.control.ControlCommand.Settle;
import dev.offpeak.core.control.ControlState;
import dev.offpeak.schemas.avro.ControlAction;
import dev.offpeak.schemas.avro.ControlRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ControlCommandsTest {

  private static final Instant T = Instant.parse("2026-11-24T12:00:00Z");

  private static ControlRecord.Builder record(ControlAction action) {
    return ControlRecord.newBuilder().setAction(action).setIssuedAt(T);
  }

  private static @Nullable ControlCommand command(ControlRecord.Builder record) {
    return ControlCommands.of(record.build());
  }

  @Test
  void eachActionIsItsCommand() {
    assertThat(command(record(ControlAction.FLUSH))).isEqualTo(new Flush(BatchFilter.ALL, T));
    assertThat(command(record(ControlAction.FLUSH).setLane("l").setAccount("a")))
        .isEqualTo(new Flush(new BatchFilter(null, "l", "a"), T));
    assertThat(command(record(ControlAction.PAUSE).setAccount("a"))).isEqualTo(new Pause("a", T));
    assertThat(command(record(ControlAction.RESUME))).isEqualTo(new Resume(null, T));
    assertThat(command(record(ControlAction.UNUSABLE).setAccount("a").setValidUntil(T)))
        .isEqualTo(new Notice("a", T, T));
    assertThat(command(record(ControlAction.USABLE).setAccount("a")))
        .isEqualTo(new Notice("a", null, T));
  }

  @Test
  void aCancelThatNamesATenantOrACustomIdIsAboutRequests() {
    assertThat(command(record(ControlAction.CANCEL)))
        .isEqualTo(new CancelBatches(BatchFilter.ALL, T));
    assertThat(command(record(ControlAction.CANCEL).setBatchId("B1")))
        .isEqualTo(new CancelBatches(new BatchFilter("B1", null, null), T));
    assertThat(command(record(ControlAction.CANCEL).setTenant("acme")))
        .isEqualTo(new CancelRequests("acme", null, null, T));
    assertThat(command(record(ControlAction.CANCEL).setCustomId("a")))
        .as("whose id is not said")
        .isEqualTo(new CancelRequests("default", null, "a", T));
  }

  @Test
  void aDoubtIsSettledByNamingTheBatchAndToAdoptAlsoTheJob() {
    assertThat(command(record(ControlAction.ADOPT).setBatchId("B1"))).isNull();
    assertThat(command(record(ControlAction.ADOPT).setProviderJobId("job"))).isNull();
    assertThat(command(record(ControlAction.ADOPT).setBatchId("B1").setProviderJobId("job")))
        .isEqualTo(new Settle("B1", "job", T));
    assertThat(command(record(ControlAction.DISCARD))).isNull();
    assertThat(command(record(ControlAction.DISCARD).setBatchId("B1").setProviderJobId("job")))
        .isNull();
    assertThat(command(record(ControlAction.DISCARD).setBatchId("B1")))
        .isEqualTo(new Settle("B1", null, T));
  }

  @Test
  void aNoticeNamesItsAccountAndHowLongItIsRefused() {
    assertThat(command(record(ControlAction.USABLE))).isNull();
    assertThat(command(record(ControlAction.UNUSABLE).setValidUntil(T))).isNull();
    assertThat(command(record(ControlAction.UNUSABLE).setAccount("a"))).isNull();
  }

  @Test
  void whatLacksItsSubjectChangesNothing() {
    ControlState state = new ControlState();

    assertThat(ControlCommands.apply(state, record(ControlAction.ADOPT).build(), T)).isFalse();
    assertThat(state.version()).isZero();
    assertThat(ControlCommands.apply(state, record(ControlAction.PAUSE).build(), T)).isTrue();
    assertThat(state.isPaused("main")).isTrue();
  }

  @Test
  void whatAWrongClockDatesFarAheadIsPassedOverSoThatItOverrulesNothing() {
    ControlState state = new ControlState();
    Instant farAhead = T.plus(Duration.ofDays(10));

    assertThat(
            ControlCommands.apply(
                state, record(ControlAction.PAUSE).setIssuedAt(farAhead).build(), T))
        .isFalse();
    assertThat(
            ControlCommands.apply(
                state, record(ControlAction.CANCEL).setIssuedAt(farAhead).build(), T))
        .isFalse();
    assertThat(
            ControlCommands.apply(state, record(ControlAction.CANCEL).setCustomId("a").build(), T))
        .as("a cancel of now still counts")
        .isTrue();

    assertThat(state.isPaused("main")).isFalse();
    assertThat(state.cancelledAt("default", "", "a", T)).isEqualTo(T);
  }

  @Test
  void aClockThatIsAFewHoursAheadIsBorneWith() {
    ControlState state = new ControlState();
    ControlRecord.Builder ahead =
        record(ControlAction.CANCEL).setBatchId("B1").setIssuedAt(T.plus(Duration.ofHours(14)));

    assertThat(ControlCommands.apply(state, ahead.build(), T)).isTrue();
    assertThat(ControlCommands.apply(state, record(ControlAction.CANCEL).setTenant("t").build(), T))
        .isTrue();

    assertThat(state.cancelledAt("t", "", "a", T)).isEqualTo(T);
  }

  @Test
  void aRecordIsWrittenUnderWhatItIsAboutAndNotWithoutIt() throws Exception {
    try (MockProducer<byte[], byte[]> producer =
        new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer())) {
      ControlWriter writer = new ControlWriter(producer, (_, _) -> new byte[] {1}, "llm.control");

      assertThat(writer.write(record(ControlAction.FLUSH).build())).isEqualTo("everything");
      assertThat(writer.write(record(ControlAction.PAUSE).setAccount("main").build()))
          .isEqualTo("account main");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> writer.write(record(ControlAction.DISCARD).build()))
          .withMessageContaining("DISCARD");

      assertThat(producer.history())
          .extracting(written -> new String(written.key(), UTF_8))
          .isEqualTo(List.of("everything", "account main"));
    }
  }
}
