package dev.offpeak.provider.openai;

import dev.offpeak.core.lane.Lane;
import dev.offpeak.core.lane.Provider;
import dev.offpeak.provider.BatchProvider;
import dev.offpeak.provider.CallListener;
import dev.offpeak.provider.CreateJob;
import dev.offpeak.provider.account.Account;
import dev.offpeak.provider.account.AccountConfig;
import dev.offpeak.provider.account.CompatibleConfig;
import dev.offpeak.provider.account.LimitsConfig;
import dev.offpeak.provider.account.Timeouts;
import dev.offpeak.provider.account.WireConfig;
import dev.offpeak.provider.adapter.BatchProviders;
import dev.offpeak.provider.server.Fixture;
import dev.offpeak.runtime.config.Secret;
import java.net.URI;
import java.util.List;

/** What tests of the adapter share. */
final class OpenAiFixture {

  private OpenAiFixture() {}

  static BatchProvider provider(URI url) {
    return provider(url, Fixture.PATIENT);
  }

  static BatchProvider provider(URI url, WireConfig wire) {
    return BatchProviders.of(
        account(url, wire),
        BatchProviders.newHttpClient(),
        Fixture.CLOCK,
        Fixture.PATIENT,
        CallListener.NONE);
  }

  static BatchProvider provider(URI url, Timeouts timeouts) {
    return BatchProviders.of(
        account(url), BatchProviders.newHttpClient(), Fixture.CLOCK, timeouts, CallListener.NONE);
  }

  static Account account(URI url) {
    return account(url, WireConfig.USUAL);
  }

  private static Account account(URI url, WireConfig wire) {
    AccountConfig config =
        new AccountConfig(
            Provider.OPENAI.id(),
            url,
            new Secret("test", "sk-secret"),
            null,
            "org-1",
            "proj-1",
            List.of(),
            List.of(),
            LimitsConfig.NONE,
            wire,
            CompatibleConfig.LIKE_OPENAI,
            Timeouts.DEFAULT);
    return Fixture.account(config);
  }

  static CreateJob job(String inputFileId) {
    return new CreateJob(
        "01BATCH",
        Lane.of(Provider.OPENAI, "main", "/v1/chat/completions", "gpt-4o-mini"),
        inputFileId,
        null,
        2,
        Fixture.NOW);
  }
}
