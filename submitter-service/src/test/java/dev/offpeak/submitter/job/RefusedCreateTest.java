package dev.offpeak.submitter.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.provider.InputFile;
import dev.offpeak.core.provider.InputFile.State;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.provider.Answer;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RefusedCreateTest {

  private static final ProviderError REFUSED =
      new ProviderError.Rejected("invalid_request_error", "No such File object: file-1");

  @ParameterizedTest
  @EnumSource(
      value = State.class,
      names = {"PENDING", "UPLOADED"})
  void aFileThatIsStillReadIsWaitedFor(State state) {
    ProviderError seen = RefusedCreate.seenWith(REFUSED, Answer.ok(file(state)));

    assertThat(seen).isInstanceOf(ProviderError.Retryable.class);
    assertThat(seen.code()).isEqualTo("file_not_ready");
  }

  @Test
  void aFileThatSomebodyDeletedIsUploadedAgain() {
    ProviderError seen =
        RefusedCreate.seenWith(REFUSED, Answer.failed(new ProviderError.Gone("404", "no such")));

    assertThat(seen).isInstanceOf(ProviderError.Gone.class);
    assertThat(seen.message()).contains("No such File object: file-1");
  }

  @ParameterizedTest
  @EnumSource(
      value = State.class,
      names = {"READY", "FAILED"})
  void aFileThatIsThereLeavesTheRefusalAsItIs(State state) {
    assertThat(RefusedCreate.seenWith(REFUSED, Answer.ok(file(state)))).isSameAs(REFUSED);
  }

  @Test
  void aFileThatCanNotBeLookedAtLeavesTheRefusalAsItIs() {
    assertThat(
            RefusedCreate.seenWith(
                REFUSED, Answer.failed(new ProviderError.Rejected("forbidden", "no"))))
        .isSameAs(REFUSED);
  }

  private static InputFile file(State state) {
    return new InputFile("file-1", "requests.jsonl", 3, Instant.EPOCH, state);
  }
}
