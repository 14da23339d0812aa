package dev.offpeak.provider.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.provider.Answer;
import dev.offpeak.provider.Payload;
import dev.offpeak.provider.account.Account;
import dev.offpeak.provider.account.AccountConfig;
import dev.offpeak.provider.account.Accounts;
import dev.offpeak.provider.account.Timeouts;
import dev.offpeak.provider.adapter.BuiltInProviders;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

/** What tests of all adapters share. */
public final class Fixture {

  public static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  public static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  public static final Timeouts PATIENT = timeouts(Duration.ofMinutes(5), Duration.ofMinutes(5));
  public static final Timeouts IMPATIENT = timeouts(Duration.ofSeconds(2), Duration.ofMillis(500));

  private Fixture() {}

  private static Timeouts timeouts(Duration answer, Duration idle) {
    return new Timeouts(answer, idle, Timeouts.DEFAULT.slowest(), Timeouts.DEFAULT.longestWait());
  }

  /** The account {@code main}. */
  public static Account account(AccountConfig config) {
    return Accounts.of(Map.of("main", config), BuiltInProviders.PROFILES)
        .find("main")
        .orElseThrow();
  }

  public static Payload payload(String text) {
    return payload(text, text.getBytes(UTF_8).length);
  }

  /** A payload that promises another length than it has. */
  public static Payload payload(String text, long promised) {
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

  public static <T> T ok(Answer<T> answer) {
    assertThat(answer).isInstanceOf(Answer.Ok.class);
    return ((Answer.Ok<T>) answer).value();
  }

  public static ProviderError error(Answer<?> answer) {
    assertThat(answer).isInstanceOf(Answer.Failed.class);
    return ((Answer.Failed<?>) answer).error();
  }
}
