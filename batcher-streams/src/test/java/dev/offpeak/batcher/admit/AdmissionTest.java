package dev.offpeak.batcher.admit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.batcher.admit.AdmissionVerdict.Admitted;
import dev.offpeak.batcher.admit.AdmissionVerdict.Rejected;
import dev.offpeak.batcher.lane.LaneDirectory;
import dev.offpeak.core.lane.Edition;
import dev.offpeak.core.lane.LineShape;
import dev.offpeak.core.lane.Provider;
import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.provider.account.AccountConfig;
import dev.offpeak.provider.account.Accounts;
import dev.offpeak.provider.account.CompatibleConfig;
import dev.offpeak.provider.account.LimitsConfig;
import dev.offpeak.provider.account.WireConfig;
import dev.offpeak.provider.adapter.BuiltInProviders;
import dev.offpeak.runtime.config.ByteSize;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AdmissionTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final int LINE_OVERHEAD =
      "{\"custom_id\":\"op-0000-00000000000000\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":}\n"
          .length();

  private final Admission admission = new Admission(book(), DeadlinePolicy.FAIL);

  @Test
  void theModelDecidesTheAccountAndWithItTheLane() {
    Admitted small = (Admitted) admission.decide(ask("gpt-5-mini", null, null), 400, NOW);
    Admitted other = (Admitted) admission.decide(ask("o3", null, null), 400, NOW);

    assertThat(small.rules().lane().id()).isEqualTo("openai|main|/v1/chat/completions|gpt-5-mini");
    assertThat(other.rules().lane().id()).isEqualTo("openai|rest|/v1/chat/completions|o3");
    assertThat(small.tokens()).isEqualTo(100);
  }

  @Test
  void theWishedAccountIsTaken() {
    Admitted admitted = (Admitted) admission.decide(ask("gpt-5", "rest", null), 400, NOW);

    assertThat(admitted.rules().lane().account()).isEqualTo("rest");
  }

  @Test
  void anUnknownAccountIsNamedInTheRejection() {
    Rejected rejected = (Rejected) admission.decide(ask("gpt-5", "prod", null), 400, NOW);

    assertThat(rejected.code()).isEqualTo(FailureCode.UNKNOWN_ACCOUNT);
    assertThat(rejected.message()).contains("'prod'", "main");
  }

  @Test
  void aRequestMayFillALineToItsLastByte() {
    int largest = 1_000 - LINE_OVERHEAD;

    assertThat(admission.decide(ask("gpt-5", null, null), largest, NOW))
        .isInstanceOf(Admitted.class);
    assertThat(admission.decide(ask("gpt-5", null, null), largest + 1, NOW))
        .isEqualTo(
            new Rejected(
                FailureCode.REQUEST_TOO_LARGE,
                "the request alone comes to 1,001 of max-line-bytes; account 'main' allows 1,000"
                    + " in one batch: make it smaller"));
  }

  @Test
  void aDeadlineMustLeaveTheProvidersWindow() {
    Instant inADay = NOW.plus(Duration.ofDays(1));

    assertThat(admission.decide(ask("gpt-5", null, NOW), 400, NOW))
        .extracting(verdict -> ((Rejected) verdict).code())
        .isEqualTo(FailureCode.DEADLINE_PASSED);
    assertThat(admission.decide(ask("gpt-5", null, inADay.minusMillis(1)), 400, NOW))
        .extracting(verdict -> ((Rejected) verdict).code())
        .isEqualTo(FailureCode.DEADLINE_TOO_NEAR);
    assertThat(admission.decide(ask("gpt-5", null, inADay), 400, NOW)).isInstanceOf(Admitted.class);
  }

  @Test
  void aDeadlineThatNoBatchCanKeepIsAdmittedWhereTheEndpointCanBeCalledSynchronously() {
    Admission urgent = new Admission(book(), DeadlinePolicy.SYNC);
    Instant soon = NOW.plus(Duration.ofMinutes(10));

    assertThat(urgent.decide(ask("gpt-5", null, soon), 400, NOW)).isInstanceOf(Admitted.class);
    assertThat(
            urgent.decide(
                new AdmissionRequest(
                    LineShape.OPENAI,
                    "/v1/videos",
                    "gpt-5",
                    "t",
                    null,
                    soon,
                    1,
                    Edition.USUAL,
                    null),
                400,
                NOW))
        .extracting(verdict -> ((Rejected) verdict).code())
        .isEqualTo(FailureCode.DEADLINE_TOO_NEAR);
    assertThat(urgent.decide(ask("gpt-5", null, NOW), 400, NOW))
        .extracting(verdict -> ((Rejected) verdict).code())
        .isEqualTo(FailureCode.DEADLINE_PASSED);
  }

  @Test
  void requestsOfOtherVersionsOrBetasGoIntoOtherLanes() {
    Admitted usual = (Admitted) admission.decide(claude("claude", Edition.USUAL, null), 400, NOW);
    Admitted beta =
        (Admitted) admission.decide(claude("claude", Edition.of("", List.of("b")), null), 400, NOW);

    assertThat(usual.rules().lane().id()).isEqualTo("anthropic|claude|/v1/messages|");
    assertThat(beta.rules().lane().id()).isEqualTo("anthropic|claude|/v1/messages||+b");
  }

  @Test
  void whatTheVersionRefusesIsRefusedBeforeItIsSent() {
    Edition newer = Edition.of("2026-10-21", List.of());
    Edition older = Edition.of("2023-06-01", List.of());

    assertThat(admission.decide(claude("claude", newer, "temperature"), 400, NOW))
        .isEqualTo(
            new Rejected(
                FailureCode.UNSUPPORTED_PARAMETER,
                "\"temperature\" is not taken by anthropic-version 2026-10-21, even at its default:"
                    + " leave out temperature, top_p and top_k, or ask for an older version such as"
                    + " 2023-06-01"));
    assertThat(admission.decide(claude("newest", Edition.USUAL, "top_k"), 400, NOW))
        .isInstanceOf(Rejected.class);
    assertThat(admission.decide(claude("newest", older, "top_k"), 400, NOW))
        .isInstanceOf(Admitted.class);
    assertThat(admission.decide(claude("claude", Edition.USUAL, "temperature"), 400, NOW))
        .isInstanceOf(Admitted.class);
    assertThat(admission.decide(claude("claude", newer, null), 400, NOW))
        .isInstanceOf(Admitted.class);
  }

  private static AdmissionRequest claude(
      String account, Edition edition, @Nullable String sampling) {
    return new AdmissionRequest(
        LineShape.ANTHROPIC,
        "/v1/messages",
        "claude-haiku-4-5",
        "t",
        account,
        null,
        1,
        edition,
        sampling);
  }

  private static LaneDirectory book() {
    return new LaneDirectory(accounts(), Duration.ofMinutes(5), Duration.ofMinutes(5));
  }

  private static AdmissionRequest ask(
      String model, @Nullable String account, @Nullable Instant deadline) {
    return new AdmissionRequest(
        LineShape.OPENAI,
        "/v1/chat/completions",
        model,
        "t",
        account,
        deadline,
        1,
        Edition.USUAL,
        null);
  }

  private static AccountConfig newest() {
    AccountConfig usual = AccountConfig.of(Provider.ANTHROPIC);
    return new AccountConfig(
        usual.provider(),
        null,
        null,
        null,
        null,
        null,
        usual.models(),
        usual.tenants(),
        usual.limits(),
        new WireConfig(null, "2026-10-21", null, null, null),
        CompatibleConfig.LIKE_OPENAI,
        usual.calls());
  }

  private static Accounts accounts() {
    Map<String, AccountConfig> accounts = new LinkedHashMap<>();
    accounts.put(
        "main",
        AccountConfig.of(Provider.OPENAI)
            .withModels(List.of("gpt-*"))
            .withLimits(
                new LimitsConfig(
                    null, null, new ByteSize(1_000), null, null, null, null, null, null)));
    accounts.put("rest", AccountConfig.of(Provider.OPENAI));
    accounts.put("claude", AccountConfig.of(Provider.ANTHROPIC));
    accounts.put("newest", newest());
    return Accounts.of(accounts, BuiltInProviders.PROFILES);
  }
}
