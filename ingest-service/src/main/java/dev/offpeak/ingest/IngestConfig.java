package dev.offpeak.ingest;

import dev.offpeak.ingest.config.AuthConfig;
import dev.offpeak.ingest.config.BudgetConfig;
import dev.offpeak.ingest.config.LimitsConfig;
import dev.offpeak.ingest.config.ListenConfig;
import dev.offpeak.ingest.config.ProducerSettings;
import dev.offpeak.ingest.config.ProxyConfig;
import dev.offpeak.provider.account.AccountConfig;
import dev.offpeak.provider.price.PricesConfig;
import dev.offpeak.runtime.config.HttpConfig;
import dev.offpeak.runtime.config.KafkaConfig;
import dev.offpeak.runtime.config.RegistryConfig;
import dev.offpeak.runtime.config.TopicsConfig;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All settings of the ingest-service.
 *
 * @param kafka the cluster that llm.requests is on
 * @param registry not used by the service itself: commands that are given its file or run beside it
 *     read it there
 * @param topics how topics are called
 * @param http where health and metrics are, for operators
 * @param api where requests are taken, for clients
 * @param auth who may send
 * @param limits how much is taken
 * @param producer how requests are written
 * @param accounts by name; those with a key make the calls that go through at once
 * @param proxy how such calls are made
 * @param prices what tokens cost
 * @param budgets by name: what may be spent
 */
public record IngestConfig(
    KafkaConfig kafka,
    @Nullable RegistryConfig registry,
    TopicsConfig topics,
    HttpConfig http,
    ListenConfig api,
    AuthConfig auth,
    LimitsConfig limits,
    ProducerSettings producer,
    Map<String, AccountConfig> accounts,
    ProxyConfig proxy,
    PricesConfig prices,
    Map<String, BudgetConfig> budgets) {

  public IngestConfig {
    accounts = Map.copyOf(accounts);
    budgets = Map.copyOf(budgets);
    if (auth.keys().isEmpty() && !auth.required() && !api.isLoopback()) {
      throw new IllegalArgumentException(
          "api.host is "
              + api.host()
              + " and auth.keys has none: without API keys only a loopback address such as"
              + " 127.0.0.1 is allowed, or everyone could spend your money; auth.required lets"
              + " nobody in until there are keys (offpeak keys create)");
    }
  }
}
