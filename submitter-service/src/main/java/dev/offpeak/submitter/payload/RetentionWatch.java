package dev.offpeak.submitter.payload;

import dev.offpeak.core.wait.Sleeper;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the age of the oldest batch that waits with how long llm.lanes keeps its requests, and
 * warns from half of that on.
 */
public final class RetentionWatch implements AutoCloseable {

  private static final Logger LOGGER = LoggerFactory.getLogger(RetentionWatch.class);
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final double WARNS_AT = 0.5;

  private final Admin admin;
  private final ConfigResource lanes;
  private final Supplier<Duration> oldest;
  private final Sleeper sleeper;
  private final Thread thread;
  private volatile double used;

  /**
   * Watches once it is started.
   *
   * @param admin closed with this
   * @param topic full name of llm.lanes
   * @param oldest age of the oldest batch whose payload is still needed
   */
  public RetentionWatch(Admin admin, String topic, Supplier<Duration> oldest, Sleeper sleeper) {
    this.admin = admin;
    this.lanes = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    this.oldest = oldest;
    this.sleeper = sleeper;
    this.thread = Thread.ofVirtual().name("submitter-retention").unstarted(this::run);
  }

  /** Begins to watch. */
  public void start() {
    thread.start();
  }

  /** The share of the retention that the oldest batch has used up, as last seen. */
  public double used() {
    return used;
  }

  private void run() {
    try {
      while (true) {
        look();
        sleeper.sleep(EVERY);
      }
    } catch (InterruptedException e) {
      LOGGER.atDebug().log("no longer watching retention");
    }
  }

  private void look() throws InterruptedException {
    try {
      Map<ConfigResource, Config> configs = admin.describeConfigs(List.of(lanes)).all().get();
      Config config = configs.get(lanes);
      ConfigEntry entry = config == null ? null : config.get(TopicConfig.RETENTION_MS_CONFIG);
      long retention = entry == null || entry.value() == null ? -1 : Long.parseLong(entry.value());
      Duration age = oldest.get();
      used = share(age, retention);
      if (used >= WARNS_AT) {
        LOGGER
            .atWarn()
            .addKeyValue("topic", lanes.name())
            .addKeyValue("oldest", age)
            .addKeyValue("retention", Duration.ofMillis(retention))
            .log("batches wait so long that their requests may expire: raise retention.ms");
      }
    } catch (ExecutionException | KafkaException e) {
      LOGGER.atDebug().setCause(e).log("retention not seen");
    }
  }

  /** 0 when records are kept for ever. */
  static double share(Duration age, long retentionMillis) {
    return retentionMillis <= 0 ? 0 : (double) age.toMillis() / retentionMillis;
  }

  @Override
  public void close() {
    thread.interrupt();
    admin.close(Duration.ZERO);
  }
}
