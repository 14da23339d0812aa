package dev.offpeak.results.shared.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.offpeak.core.lane.Provider;
import dev.offpeak.core.wait.RetryLater;
import dev.offpeak.provider.account.AccountConfig;
import dev.offpeak.provider.account.Accounts;
import dev.offpeak.provider.adapter.BuiltInProviders;
import dev.offpeak.results.world.FakeProvider;
import dev.offpeak.runtime.config.Secret;
import dev.offpeak.schemas.avro.EndedAs;
import dev.offpeak.schemas.avro.JobEnded;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccountAccessTest {

  private static final AccountConfig OPENAI = AccountConfig.of(Provider.OPENAI);

  private final Accounts accounts =
      Accounts.of(
          Map.of(
              "main", OPENAI.withKey(new Secret("test", "sk-1")),
              "keyless", OPENAI,
              "gemini", AccountConfig.of(Provider.GEMINI)),
          BuiltInProviders.PROFILES);
  private final AccountAccess access = new AccountAccess(accounts, _ -> new FakeProvider());

  @Test
  void aJobsOwnAccountIsFoundAndItsAdapterKept() throws RetryLater {
    String digest = accounts.find("main").orElseThrow().keyDigest();

    assertThat(access.of(job("main", digest))).isSameAs(access.of(job("main", "")));
  }

  @Test
  void anAccountThatIsAnotherByNowIsNotAsked() {
    assertThatThrownBy(() -> access.of(job("main", "0123456789abcdef")))
        .isInstanceOf(RetryLater.class)
        .hasMessageContaining("'main' has another key, project or address")
        .hasMessageContaining("https://old.example/v1")
        .hasMessageContaining("accounts.main.identity");
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThatThrownBy(() -> access.of(job("other", "")))
        .hasMessage("account 'other' is not configured; add accounts.other");
    assertThatThrownBy(() -> access.of(job("keyless", "")))
        .hasMessage("account 'keyless' has no key; set accounts.keyless.api-key");
  }

  @Test
  void theWindowIsTheAccountsOwn() {
    assertThat(access.window("gemini")).isEqualTo(Duration.ofDays(2));
    assertThat(access.window("other")).isEqualTo(Duration.ofDays(1));
  }

  private static JobEnded job(String account, String digest) {
    return JobEnded.newBuilder()
        .setBatchId("01B")
        .setBatchPartition(0)
        .setBatchOffset(0)
        .setScope("s")
        .setLane("l")
        .setProvider("openai")
        .setAccount(account)
        .setBaseUrl("https://old.example/v1")
        .setAccountDigest(digest)
        .setEndpoint("/v1/responses")
        .setModel("m")
        .setRequests(1)
        .setEnded(EndedAs.COMPLETED)
        .setEndedAt(Instant.parse("2026-11-24T12:00:00Z"))
        .setInvalidLines(List.of())
        .build();
  }
}
