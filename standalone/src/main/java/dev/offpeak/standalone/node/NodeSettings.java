package dev.offpeak.standalone.node;

import dev.offpeak.ingest.config.ListenConfig;
import dev.offpeak.ledger.config.ConsoleConfig;
import dev.offpeak.operations.cluster.ClusterConfig;
import dev.offpeak.provider.account.AccountConfig;
import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.runtime.config.HttpConfig;
import dev.offpeak.runtime.config.KafkaConfig;
import dev.offpeak.runtime.config.RegistryConfig;
import dev.offpeak.runtime.config.TopicsConfig;
import dev.offpeak.schemas.topic.Topics;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.jspecify.annotations.Nullable;

/**
 * What all parts of a node agree on.
 *
 * @param folder holds all that they keep
 * @param kafka the broker
 * @param accounts where requests go
 * @param plan how it works
 */
record NodeSettings(
    Path folder, KafkaConfig kafka, Map<String, AccountConfig> accounts, NodePlan plan) {

  /** Each group has one member, which has its place back at once after a kill. */
  static final String MEMBER = "node";

  /** A node's services are asked within the process: nobody serves this. */
  static final HttpConfig NO_HTTP = new HttpConfig("127.0.0.1", 0);

  private static final Set<String> LOCAL_HOSTS = Set.of("127.0.0.1", "localhost", "[::1]");

  /** The largest that a run may allow; buffers and memory are made for it. */
  static final ByteSize LARGEST_REQUEST = ByteSize.parse("24MiB");

  NodeSettings {
    accounts = Map.copyOf(accounts);
  }

  /** The largest request. */
  ByteSize requestLimit() {
    return plan.requestLimit();
  }

  /**
   * A broker in this process answers at once, so that a run, which somebody waits for, does not
   * wait long before it asks again. An installation that stays, and has nothing to do most of the
   * time, asks as seldom as others.
   */
  static KafkaConfig near(String bootstrapServers, NodePlan plan) {
    KafkaConfig kafka = KafkaConfig.at(bootstrapServers);
    return plan.stays()
        ? kafka
        : kafka
            .with(CommonClientConfigs.RETRY_BACKOFF_MS_CONFIG, "20")
            .with(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "100");
  }

  /** Where schemas are kept, so that a later process reads what this one wrote. */
  RegistryConfig registry() {
    // A comma would separate registries.
    return RegistryConfig.at(folder.resolve("schemas").toUri().toString().replace(",", "%2C"));
  }

  TopicsConfig topicsConfig() {
    return new TopicsConfig("", NodeTopics.PARTITIONS, 1, true);
  }

  Topics topics() {
    return Topics.withPrefix(topicsConfig().prefix());
  }

  /** Whether whoever executes the requests is on this machine and may be asked often. */
  boolean providerIsLocal() {
    return accounts.values().stream()
        .map(AccountConfig::baseUrl)
        .allMatch(url -> url != null && LOCAL_HOSTS.contains(String.valueOf(url.getHost())));
  }

  /** Where commands of other processes find it. */
  ClusterConfig cluster() {
    Map<String, ClusterConfig.Account> known = new HashMap<>();
    accounts.forEach(
        (name, account) ->
            known.put(name, new ClusterConfig.Account(account.provider(), account.models())));
    return new ClusterConfig(
        kafka,
        registry(),
        topicsConfig(),
        new ClusterConfig.Limits(requestLimit()),
        new ClusterConfig.Streams(batcherGroup()),
        known,
        new ClusterConfig.Ledger(consoleUrl()),
        new ClusterConfig.Gateway(gatewayUrl()));
  }

  private @Nullable String gatewayUrl() {
    ListenConfig gateway = plan.gateway();
    return gateway == null ? null : "http://" + gateway.host() + ":" + gateway.port();
  }

  /** Where the console is; null when there is none. */
  @Nullable String consoleUrl() {
    ConsoleConfig console = plan.console();
    return console == null ? null : "http://" + console.host() + ":" + console.port() + "/";
  }

  /** The consumer group of the batcher. */
  String batcherGroup() {
    return "offpeak-batcher";
  }
}
