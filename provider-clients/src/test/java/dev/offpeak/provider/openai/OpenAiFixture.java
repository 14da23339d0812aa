package dev.offpeak.provider.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.lane.Lane;
import dev.offpeak.core.lane.Provider;
import dev.offpeak.provider.Answer;
import dev.offpeak.provider.BatchProvider;
import dev.offpeak.provider.CreateJob;
import dev.offpeak.provider.Payload;
import dev.offpeak.provider.ProviderError;
import dev.offpeak.provider.account.Account;
import dev.offpeak.provider.account.AccountConfig;
import dev.offpeak.provider.account.Accounts;
import dev.offpeak.provider.account.LimitsConfig;
import dev.offpeak.provider.adapter.BatchProviders;
import dev.offpeak.provider.http.CallListener;
import dev.offpeak.provider.http.Timeouts;
import dev.offpeak.runtime.config.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** What tests of the adapter share. */
final class OpenAiFixture {

  static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  static final Timeouts PATIENT = new Timeouts(Duration.ofSeconds(20), Duration.ofSeconds(20));
  static final Timeouts IMPATIENT = new Timeouts(Duration.ofSeconds(2), Duration.ofMillis(500));

  private OpenAiFixture() {}

  static BatchProvider provider(URI url) {
    return provider(url, PATIENT);
  }

  static BatchProvider provider(URI url, Timeouts timeouts) {
    return BatchProviders.of(
        account(url), BatchProviders.newHttpClient(), CLOCK, timeouts, CallListener.NONE);
  }

  static Account account(URI url) {
    AccountConfig config =
        new AccountConfig(
            Provider.OPENAI,
            url,
            new Secret("test", "sk-secret"),
            null,
            "org-1",
            "proj-1",
            List.of(),
            List.of(),
            LimitsConfig.NONE);
    return Accounts.of(Map.of("main", config)).find("main").orElseThrow();
  }

  static CreateJob job(String inputFileId) {
    return new CreateJob(
        "01BATCH",
        Lane.of(Provider.OPENAI, "main", "/v1/chat/completions", "gpt-4o-mini"),
        inputFileId,
        null,
        2,
        NOW);
  }

  static Payload payload(String text) {
    return payload(text, text.getBytes(UTF_8).length);
  }

  /** A payload that promises another length than it has. */
  static Payload payload(String text, long promised) {
    return new Payload() {
      @Override
      public long length() {
        return promised;
      }

      @Override
      public void writeTo(OutputStream sink) throws IOException {
        sink.write(text.getBytes(UTF_8));
      }
    };
  }

  static <T> T ok(Answer<T> answer) {
    assertThat(answer).isInstanceOf(Answer.Ok.class);
    return ((Answer.Ok<T>) answer).value();
  }

  static ProviderError error(Answer<?> answer) {
    assertThat(answer).isInstanceOf(Answer.Failed.class);
    return ((Answer.Failed<?>) answer).error();
  }
}
