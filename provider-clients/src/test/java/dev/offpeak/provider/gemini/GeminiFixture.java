package dev.offpeak.provider.gemini;

import dev.offpeak.core.lane.Lane;
import dev.offpeak.core.lane.Provider;
import dev.offpeak.core.wait.Sleeper;
import dev.offpeak.provider.CreateJob;
import dev.offpeak.provider.account.Account;
import dev.offpeak.provider.account.AccountConfig;
import dev.offpeak.provider.account.Timeouts;
import dev.offpeak.provider.adapter.BatchProviders;
import dev.offpeak.provider.http.JdkTransport;
import dev.offpeak.provider.server.Fixture;
import dev.offpeak.runtime.config.Secret;
import java.net.URI;

/** What tests of the adapter share. */
final class GeminiFixture {

  static final Sleeper NO_SLEEP = wait -> {};

  private GeminiFixture() {}

  static GeminiProvider provider(URI server, Sleeper sleeper) {
    return provider(server, sleeper, Fixture.PATIENT);
  }

  static GeminiProvider provider(URI server, Sleeper sleeper, Timeouts timeouts) {
    return new GeminiProvider(
        account(config(server)),
        new JdkTransport(BatchProviders.newHttpClient(), timeouts),
        timeouts,
        Fixture.CLOCK,
        sleeper);
  }

  static Account account(AccountConfig config) {
    return Fixture.account(config);
  }

  static AccountConfig config(URI server) {
    return AccountConfig.of(Provider.GEMINI)
        .withBaseUrl(server.resolve("/"))
        .withKey(new Secret("test", "AIza-secret"));
  }

  static CreateJob job(String inputFileId, String endpoint) {
    return new CreateJob(
        "01BATCH",
        Lane.of(Provider.GEMINI, "main", endpoint, "gemini-2.5-flash"),
        inputFileId,
        null,
        2,
        Fixture.NOW);
  }
}
