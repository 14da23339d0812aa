package dev.offpeak.operations.cluster;

import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.runtime.config.Default;
import dev.offpeak.runtime.config.KafkaConfig;
import dev.offpeak.runtime.config.RegistryConfig;
import dev.offpeak.runtime.config.TopicsConfig;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where an installation is. The same keys as in the services' files, of which it is a part.
 *
 * @param kafka the cluster
 * @param registry of its schemas
 * @param topics how they are called
 * @param limits what requests may be
 * @param streams how the batcher is called
 * @param accounts that are known by name; empty when the file names none
 * @param ledger where its console is
 * @param gateway where it takes requests over HTTP
 */
public record ClusterConfig(
    KafkaConfig kafka,
    RegistryConfig registry,
    TopicsConfig topics,
    Limits limits,
    Streams streams,
    Map<String, Account> accounts,
    Ledger ledger,
    Gateway gateway) {

  /**
   * What requests may be.
   *
   * @param requestBytes the largest one
   */
  public record Limits(@Default("8MiB") ByteSize requestBytes) {}

  /**
   * How the batcher is called.
   *
   * @param applicationId its consumer group without the prefix
   */
  public record Streams(@Default("offpeak-batcher") String applicationId) {}

  /**
   * Where the console of the ledger is.
   *
   * @param url null when it has none, or nobody says where
   */
  public record Ledger(@Nullable String url) {

    /** None. */
    public static final Ledger NONE = new Ledger(null);
  }

  /**
   * Where requests are taken over HTTP.
   *
   * @param url null when it has no gateway, or nobody says where
   */
  public record Gateway(@Nullable String url) {

    /** None. */
    public static final Gateway NONE = new Gateway(null);
  }

  /**
   * What commands need to know of an account; not its key.
   *
   * @param provider id of the provider whose API it speaks
   * @param models patterns of those that it takes; empty takes all
   */
  public record Account(@Nullable String provider, List<String> models) {

    public Account {
      models = List.copyOf(models);
    }
  }

  public ClusterConfig {
    accounts = Map.copyOf(accounts);
  }

  /** An installation of which no more is known. */
  public ClusterConfig(KafkaConfig kafka, RegistryConfig registry, TopicsConfig topics) {
    this(
        kafka,
        registry,
        topics,
        new Limits(ByteSize.parse("8MiB")),
        new Streams("offpeak-batcher"),
        Map.of(),
        Ledger.NONE,
        Gateway.NONE);
  }
}
