package dev.offpeak.submitter.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.job.Refusal;
import dev.offpeak.core.job.Refusal.Kind;
import dev.offpeak.provider.Answer;
import dev.offpeak.provider.InputFile;
import dev.offpeak.provider.InputFile.State;
import dev.offpeak.provider.ProviderError;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RefusedCreateTest {

  private static final Refusal REFUSED =
      Refusal.of(Kind.REJECTED, "invalid_request_error", "No such File object: file-1");

  @ParameterizedTest
  @EnumSource(
      value = State.class,
      names = {"PENDING", "UPLOADED"})
  void aFileThatIsStillReadIsWaitedFor(State state) {
    Refusal seen = RefusedCreate.seenWith(REFUSED, Answer.ok(file(state)));

    assertThat(seen.kind()).isEqualTo(Kind.RETRYABLE);
    assertThat(seen.code()).isEqualTo("file_not_ready");
  }

  @Test
  void aFileThatSomebodyDeletedIsUploadedAgain() {
    Refusal seen =
        RefusedCreate.seenWith(REFUSED, Answer.failed(new ProviderError.Gone("404", "no such")));

    assertThat(seen.kind()).isEqualTo(Kind.GONE);
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
