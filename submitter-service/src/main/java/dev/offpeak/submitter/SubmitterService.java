package dev.offpeak.submitter;

import dev.offpeak.runtime.health.CheckResult;
import dev.offpeak.runtime.lifecycle.Service;
import dev.offpeak.submitter.partition.PartitionOwner;
import dev.offpeak.submitter.webhook.WebhookConfig;
import dev.offpeak.submitter.webhook.WebhookRoutes;
import io.helidon.webserver.http.HttpRouting;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Submits sealed batches to providers and watches their jobs, until it is closed. */
public final class SubmitterService implements Service {

  /** Connects to Kafka and the registry. */
  @FunctionalInterface
  interface Connection {

    /** What works from then on; nothing works before. */
    SubmitterWork open() throws Exception;
  }

  private final Connection connection;
  private final WebhookRoutes webhooks;
  private volatile @Nullable SubmitterWork work;

  SubmitterService(Connection connection, WebhookConfig webhooks, Clock clock) {
    this.connection = connection;
    this.webhooks = new WebhookRoutes(webhooks, clock, (_, jobId) -> wake(jobId));
  }

  @Override
  public String name() {
    return "submitter";
  }

  @Override
  public void start() throws Exception {
    SubmitterWork opened = connection.open();
    work = opened;
    opened.start();
  }

  @Override
  public void addRoutes(HttpRouting.Builder routing) {
    routing.register(webhooks);
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
      return CheckResult.notOk("not started");
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
    SubmitterWork now = work;
    if (now != null) {
      work = null;
      now.close();
    }
  }
}
