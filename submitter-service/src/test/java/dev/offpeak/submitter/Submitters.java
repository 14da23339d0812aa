package dev.offpeak.submitter;

import dev.offpeak.provider.account.LimitsConfig;
import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.runtime.config.HttpConfig;
import dev.offpeak.runtime.config.KafkaConfig;
import dev.offpeak.runtime.config.RegistryConfig;
import dev.offpeak.runtime.failpoint.FailpointListener;
import dev.offpeak.runtime.health.Health;
import dev.offpeak.runtime.lifecycle.ServiceContext;
import dev.offpeak.simulator.Simulator;
import dev.offpeak.submitter.config.GroupConfig;
import dev.offpeak.submitter.config.JanitorConfig;
import dev.offpeak.submitter.config.PollingConfig;
import dev.offpeak.submitter.config.RecoveryConfig;
import dev.offpeak.submitter.config.RetriesConfig;
import dev.offpeak.submitter.failpoint.Failpoint;
import dev.offpeak.submitter.payload.PayloadSettings;
import dev.offpeak.submitter.webhook.WebhookConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Starts submitters that are in a hurry, and stops them all in the end. */
final class Submitters implements AutoCloseable {

  private final Installation installation;
  private final URI provider;
  private final List<SubmitterService> started = new ArrayList<>();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private LimitsConfig limits = LimitsConfig.NONE;
  private String key = "sk-test";
  private Duration handover = Duration.ofSeconds(1);
  private PollingConfig polling = new PollingConfig(Duration.ofMillis(50), Duration.ofSeconds(1));
  private JanitorConfig janitor = JanitorConfig.defaults();
  private WebhookConfig webhooks = WebhookConfig.none();

  Submitters(Installation installation, Simulator simulator) {
    this(installation, Installation.address(installation.provider(), simulator));
  }

  Submitters(Installation installation, URI provider) {
    this.installation = installation;
    this.provider = provider;
  }

  /** With other limits of the account from now on. */
  void limit(LimitsConfig own) {
    limits = own;
  }

  /** With another key of the account from now on. */
  void useKey(String other) {
    key = other;
  }

  /** With other patience with calls under way from now on. */
  void handOverWithin(Duration patience) {
    handover = patience;
  }

  /** With another pace of looking at jobs from now on. */
  void poll(PollingConfig pace) {
    polling = pace;
  }

  /** With another janitor from now on. */
  void sweep(JanitorConfig times) {
    janitor = times;
  }

  /** With webhooks from now on. */
  void take(WebhookConfig hooks) {
    webhooks = hooks;
  }

  SubmitterService start() throws Exception {
    return start("one", FailpointListener.nowhere());
  }

  /**
   * Starts an instance.
   *
   * @param instance static members of the same name replace each other
   */
  SubmitterService start(String instance, FailpointListener<Failpoint> halt) throws Exception {
    ServiceContext context = ServiceContext.ofSystem(new Health(), meters, failures::add);
    SubmitterService service = SubmitterModule.create(config(instance), context, halt);
    started.add(service);
    service.start();
    return service;
  }

  private SubmitterConfig config(String instance) {
    return new SubmitterConfig(
        KafkaConfig.at(installation.kafka().bootstrapServers()),
        RegistryConfig.at(Installation.registry(installation.kafka())),
        installation.topicsConfig(),
        new HttpConfig("127.0.0.1", 0),
        Installation.account(installation.provider(), provider, key, limits),
        new dev.offpeak.submitter.config.LimitsConfig(ByteSize.parse("1MiB")),
        new GroupConfig(instance, Duration.ofSeconds(10), handover),
        PayloadSettings.defaults(),
        polling,
        new RetriesConfig(Duration.ofMillis(50), Duration.ofMillis(500), 20),
        new RecoveryConfig(
            Duration.ofMillis(1_500),
            Duration.ofMillis(1_500),
            Duration.ofMillis(200),
            Duration.ofSeconds(30),
            Duration.ofMinutes(15),
            Duration.ofHours(2)),
        janitor,
        webhooks);
  }

  /** Of all instances together. */
  SimpleMeterRegistry meters() {
    return meters;
  }

  /** Why instances could not go on. */
  List<Throwable> failures() {
    return failures;
  }

  @Override
  public void close() {
    started.forEach(SubmitterService::close);
  }
}
