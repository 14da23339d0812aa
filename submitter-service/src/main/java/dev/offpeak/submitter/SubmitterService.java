package dev.offpeak.submitter;

import dev.offpeak.core.wait.Backoff;
import dev.offpeak.core.wait.Retries;
import dev.offpeak.core.wait.Retry;
import dev.offpeak.core.wait.RetryLater;
import dev.offpeak.core.wait.Sleeper;
import dev.offpeak.runtime.health.CheckResult;
import dev.offpeak.runtime.http.ServiceEndpoints;
import dev.offpeak.runtime.lifecycle.Service;
import dev.offpeak.schemas.registry.RegistryUnavailable;
import dev.offpeak.submitter.partition.PartitionOwner;
import dev.offpeak.submitter.webhook.WebhookConfig;
import dev.offpeak.submitter.webhook.WebhookRoutes;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Submits sealed batches to providers and watches their jobs, until it is closed. */
public final class SubmitterService implements Service {

  /** Connects to Kafka and the registry. */
  @FunctionalInterface
  interface Connection {

    /** What works from then on; nothing works before. */
    SubmitterWork open() throws Exception;
  }

  private static final Logger LOGGER = LoggerFactory.getLogger(SubmitterService.class);
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

  private final Connection connection;
  private final @Nullable ServiceEndpoints webhooks;
  private final Sleeper sleeper;
  private final RandomGenerator random;
  private volatile @Nullable SubmitterWork work;
  private volatile String whyNot = "not started";

  SubmitterService(
      Connection connection,
      WebhookConfig webhooks,
      Clock clock,
      Sleeper sleeper,
      RandomGenerator random) {
    this.connection = connection;
    this.webhooks =
        webhooks.secrets().isEmpty()
            ? null
            : new ServiceEndpoints(
                webhooks.host(),
                webhooks.port(),
                "webhooks",
                new WebhookRoutes(webhooks, clock, (_, jobId) -> wake(jobId)));
    this.sleeper = sleeper;
    this.random = random;
  }

  @Override
  public String name() {
    return "submitter";
  }

  @Override
  public void start() throws Exception {
    if (webhooks != null) {
      webhooks.start();
    }
    SubmitterWork opened = openWhenTheRegistryIsThere();
    work = opened;
    opened.start();
  }

  private SubmitterWork openWhenTheRegistryIsThere() throws Exception {
    Retries.Listener listener =
        (_, why, _, wait) -> {
          whyNot = why.reason();
          LOGGER
              .atWarn()
              .addKeyValue("reason", whyNot)
              .addKeyValue("wait", wait)
              .log("the submitter waits for the registry");
        };
    return new Retry("the registry", new Retries(BACKOFF, random, listener), sleeper)
        .until(
            () -> {
              try {
                return connection.open();
              } catch (RegistryUnavailable e) {
                throw RetryLater.soon(String.valueOf(e.getMessage()));
              }
            });
  }

  /** The port that webhooks are taken on, once it is started. */
  int webhookPort() {
    if (webhooks == null) {
      throw new IllegalStateException("no account takes webhooks");
    }
    return webhooks.port();
  }

  /**
   * Looks at a provider's job now instead of at its next turn: for a verified webhook. Does nothing
   * when the job is not one of this instance's.
   */
  private void wake(String providerJobId) {
    owners().forEach(owner -> owner.wake(providerJobId));
  }

  /** The partitions owned now. */
  Collection<PartitionOwner> owners() {
    SubmitterWork now = work;
    return now == null ? List.of() : now.loop().owners();
  }

  /** Whether every owned partition is worked on. */
  CheckResult check() {
    if (work == null) {
      return CheckResult.notOk(whyNot);
    }
    String problems =
        owners().stream()
            .map(PartitionOwner::problem)
            .filter(Objects::nonNull)
            .collect(Collectors.joining("; "));
    return CheckResult.okIf(problems.isEmpty(), problems);
  }

  /** Lets uploads and creates end, records what they came to, and leaves the group. */
  @Override
  public void close() {
    if (webhooks != null) {
      webhooks.close();
    }
    SubmitterWork now = work;
    if (now != null) {
      work = null;
      now.close();
    }
  }
}
