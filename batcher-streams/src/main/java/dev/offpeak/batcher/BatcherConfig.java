package dev.offpeak.batcher;

import dev.offpeak.batcher.run.StreamsTuning;
import dev.offpeak.provider.account.AccountConfig;
import dev.offpeak.runtime.config.HttpConfig;
import dev.offpeak.runtime.config.KafkaConfig;
import dev.offpeak.runtime.config.RegistryConfig;
import dev.offpeak.runtime.config.TopicsConfig;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All settings of the batcher.
 *
 * @param kafka the cluster
 * @param registry where schemas are
 * @param topics how topics are called and set up
 * @param http where health and metrics are, for operators
 * @param accounts by name, in the order in which a model's account is looked for; needs no keys
 * @param limits what requests may be
 * @param batching when batches are sealed and what is remembered
 * @param streams how Kafka Streams runs
 */
public record BatcherConfig(
    KafkaConfig kafka,
    RegistryConfig registry,
    TopicsConfig topics,
    HttpConfig http,
    Map<String, AccountConfig> accounts,
    RequestLimits limits,
    BatchingConfig batching,
    StreamsTuning streams) {

  public BatcherConfig {
    accounts = new LinkedHashMap<>(accounts);
  }

  /** The name of the consumer group, of the changelog topics and of the transactions. */
  String applicationId() {
    return topics.prefix() + streams.applicationId();
  }
}
