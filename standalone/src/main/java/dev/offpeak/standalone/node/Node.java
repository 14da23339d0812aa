package dev.offpeak.standalone.node;

import dev.offpeak.batcher.BatcherModule;
import dev.offpeak.core.wait.Sleeper;
import dev.offpeak.ingest.IngestModule;
import dev.offpeak.ingest.config.ListenConfig;
import dev.offpeak.kafka.embedded.BoundBroker;
import dev.offpeak.kafka.embedded.BrokerOptions;
import dev.offpeak.kafka.embedded.EmbeddedKafka;
import dev.offpeak.ledger.LedgerModule;
import dev.offpeak.ledger.config.ConsoleConfig;
import dev.offpeak.operations.cluster.RunningInstallation;
import dev.offpeak.provider.account.Accounts;
import dev.offpeak.provider.adapter.BatchProviders;
import dev.offpeak.provider.adapter.BuiltInProviders;
import dev.offpeak.results.ResultsModule;
import dev.offpeak.results.completions.job.JobCleaner;
import dev.offpeak.results.shared.account.AccountAccess;
import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.runtime.health.CheckResult;
import dev.offpeak.runtime.health.Health;
import dev.offpeak.runtime.health.HealthReport;
import dev.offpeak.runtime.health.Waiting;
import dev.offpeak.runtime.lifecycle.Service;
import dev.offpeak.runtime.lifecycle.ServiceContext;
import dev.offpeak.schemas.topic.Topics;
import dev.offpeak.simulator.Simulator;
import dev.offpeak.standalone.state.CannotRun;
import dev.offpeak.submitter.SubmitterModule;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.Closeable;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A broker, the services and, where the destination asks for it, a simulator in this process. All
 * that they keep is in one folder; a node started there again goes on.
 */
public final class Node implements Closeable {

  /** The largest request that a node can be started for. */
  public static final ByteSize LARGEST_REQUEST = NodeSettings.LARGEST_REQUEST;

  private static final Logger LOGGER = LoggerFactory.getLogger(Node.class);

  private final NodeSettings settings;
  private final NodeClients clients;
  private final Health health;
  private final AtomicReference<@Nullable Throwable> failure;
  private final ServiceGroup services;
  private final Parts parts;
  private final NodeAddresses addresses;

  private Node(
      NodeSettings settings,
      NodeClients clients,
      Health health,
      AtomicReference<@Nullable Throwable> failure,
      ServiceGroup services,
      Parts parts,
      NodeAddresses addresses) {
    this.settings = settings;
    this.clients = clients;
    this.health = health;
    this.failure = failure;
    this.services = services;
    this.parts = parts;
    this.addresses = addresses;
  }

  /**
   * Starts everything. When this returns requests can be written; services that are still coming up
   * then say by {@link #failIfBroken} when they can't.
   *
   * @param plan how it works
   * @throws CannotRun when something outside must be mended first
   */
  public static Node start(Path folder, Destination destination, NodePlan plan)
      throws IOException, InterruptedException {
    Parts parts = new Parts();
    try {
      return start(folder, destination, plan, parts);
    } catch (Throwable e) {
      parts.close();
      throw e;
    }
  }

  private static Node start(Path folder, Destination destination, NodePlan plan, Parts parts)
      throws IOException, InterruptedException {
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    Consumer<Throwable> onFailure =
        reason -> {
          LOGGER.atError().setCause(reason).log("a part has given up");
          failure.compareAndSet(null, reason);
        };
    Preload.begin();
    FutureTask<Reached> reached =
        parts.aside(() -> Reached.open(destination, folder.resolve("simulator")));
    BoundBroker bound =
        BoundBroker.bind(BrokerOptions.in(folder.resolve("kafka")).withPort(plan.kafkaPort()));
    FutureTask<EmbeddedKafka> broker = parts.aside(bound::start);
    NodeSettings settings =
        new NodeSettings(
            folder,
            NodeSettings.near(bound.bootstrapServers(), plan),
            Parts.started(reached).accounts(),
            plan);
    // Clients may be made before the broker serves: their connections wait for it.
    NodeClients clients = parts.add(new NodeClients(settings));
    MeterRegistry meters = new SimpleMeterRegistry();
    Health health = new Health();
    ServiceContext context = ServiceContext.ofSystem(health, meters, onFailure);
    ServiceGroup services = parts.add(new ServiceGroup(services(settings, context)));
    var _ = Parts.started(broker).failure().thenAccept(onFailure);
    NodeTopics.prepare(clients.admin(), settings);
    services.start(onFailure);
    var _ = parts.add(RunningInstallation.announce(folder, settings.cluster()));
    Simulator simulator = Parts.started(reached).simulator();
    NodeAddresses addresses =
        new NodeAddresses(
            bound.bootstrapServers(),
            settings.registry().url(),
            simulator == null ? null : simulator.rootUri());
    return new Node(settings, clients, health, failure, services, parts, addresses);
  }

  private static List<Callable<Service>> services(NodeSettings node, ServiceContext context) {
    List<Callable<Service>> makers = new ArrayList<>();
    makers.add(() -> BatcherModule.create(BatcherSettings.of(node), context));
    makers.add(() -> SubmitterModule.create(SubmitterSettings.of(node), context));
    makers.add(() -> ResultsModule.create(ResultsSettings.of(node), context));
    ListenConfig listen = node.plan().gateway();
    if (listen != null) {
      makers.add(() -> IngestModule.create(IngestSettings.of(node, listen), context));
    }
    ConsoleConfig console = node.plan().console();
    if (console != null) {
      makers.add(() -> LedgerModule.create(LedgerSettings.of(node, console), context));
    }
    return makers;
  }

  /**
   * Whether all services are there and can work, or the first reason why not.
   *
   * @throws CannotRun when a part has given up
   */
  public CheckResult ready() {
    failIfBroken();
    return services.areStarted()
        ? health.readiness().entries().stream()
            .map(HealthReport.Entry::result)
            .filter(CheckResult.NotOk.class::isInstance)
            .findFirst()
            .orElse(CheckResult.ok())
        : CheckResult.notOk("services are starting");
  }

  /** The addresses of what runs here. */
  public NodeAddresses addresses() {
    return addresses;
  }

  /** The names of the topics. */
  public Topics topics() {
    return settings.topics();
  }

  /** Clients of the broker. */
  public NodeClients clients() {
    return clients;
  }

  /** The consumer group of the batcher. */
  public String batcherGroup() {
    return settings.batcherGroup();
  }

  /** Longest request line in bytes. */
  public int lineLimit() {
    return settings.requestLimit().toIntSaturated();
  }

  /** What waits in the services, beside jobs that say so themselves. */
  public List<Waiting> waits() {
    return health.waits();
  }

  /**
   * Does nothing while all parts work.
   *
   * @throws CannotRun saying which one has given up, and why
   */
  public void failIfBroken() {
    Throwable reason = failure.get();
    if (reason != null) {
      throw new CannotRun("a part of this process has given up: " + reason);
    }
  }

  /** What can delete the files of this node's jobs at their providers. */
  public JobCleaner cleaner() {
    HttpClient http = BatchProviders.newHttpClient();
    parts.add(http::shutdownNow);
    return new JobCleaner(
        new AccountAccess(
            Accounts.of(settings.accounts(), BuiltInProviders.PROFILES),
            account -> BatchProviders.of(account, http, Clock.systemUTC())),
        Sleeper.system());
  }

  /** Returns when no outcome is on its way any more. */
  public void settle() {
    services.close("results");
  }

  @Override
  public void close() {
    parts.close();
  }
}
