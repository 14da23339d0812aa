package dev.offpeak.submitter;

import dev.offpeak.provider.account.AccountConfig;
import dev.offpeak.runtime.config.HttpConfig;
import dev.offpeak.runtime.config.KafkaConfig;
import dev.offpeak.runtime.config.RegistryConfig;
import dev.offpeak.runtime.config.TopicsConfig;
import dev.offpeak.submitter.config.GroupConfig;
import dev.offpeak.submitter.config.JanitorConfig;
import dev.offpeak.submitter.config.LimitsConfig;
import dev.offpeak.submitter.config.PollingConfig;
import dev.offpeak.submitter.config.RecoveryConfig;
import dev.offpeak.submitter.config.RetriesConfig;
import dev.offpeak.submitter.payload.PayloadSettings;
import dev.offpeak.submitter.webhook.WebhookConfig;
import java.util.Map;

/**
 * All settings of the submitter-service.
 *
 * @param kafka the cluster
 * @param registry the schema registry
 * @param topics how topics are called and set up
 * @param http where health and metrics are, for operators
 * @param accounts that jobs are submitted to
 * @param limits how large things may be
 * @param group how instances share the work
 * @param uploads how payloads are read
 * @param polling how often jobs are looked at
 * @param retries what happens after calls that failed
 * @param recovery what happens in doubt
 * @param janitor when leftovers are removed
 * @param webhooks whose news of jobs are taken
 */
public record SubmitterConfig(
    KafkaConfig kafka,
    RegistryConfig registry,
    TopicsConfig topics,
    HttpConfig http,
    Map<String, AccountConfig> accounts,
    LimitsConfig limits,
    GroupConfig group,
    PayloadSettings uploads,
    PollingConfig polling,
    RetriesConfig retries,
    RecoveryConfig recovery,
    JanitorConfig janitor,
    WebhookConfig webhooks) {

  /** The same with the usual janitor and without webhooks. */
  public SubmitterConfig(
      KafkaConfig kafka,
      RegistryConfig registry,
      TopicsConfig topics,
      HttpConfig http,
      Map<String, AccountConfig> accounts,
      LimitsConfig limits,
      GroupConfig group,
      PayloadSettings uploads,
      PollingConfig polling,
      RetriesConfig retries,
      RecoveryConfig recovery) {
    this(
        kafka,
        registry,
        topics,
        http,
        accounts,
        limits,
        group,
        uploads,
        polling,
        retries,
        recovery,
        JanitorConfig.defaults(),
        WebhookConfig.none());
  }
}
