package dev.offpeak.submitter;

import dev.offpeak.core.control.ControlState;
import dev.offpeak.provider.BatchProvider;
import dev.offpeak.provider.account.Account;
import dev.offpeak.provider.account.Accounts;
import dev.offpeak.provider.account.ProviderProfiles;
import dev.offpeak.provider.adapter.BatchProviders;
import dev.offpeak.provider.adapter.BuiltInProviders;
import dev.offpeak.runtime.failpoint.FailpointListener;
import dev.offpeak.runtime.failpoint.HaltAtFailpoint;
import dev.offpeak.runtime.health.CheckResult;
import dev.offpeak.runtime.lifecycle.ServiceContext;
import dev.offpeak.submitter.account.AccountBook;
import dev.offpeak.submitter.failpoint.DuplicateGuards;
import dev.offpeak.submitter.failpoint.Failpoint;
import dev.offpeak.submitter.metric.SubmitterMeters;
import java.net.http.HttpClient;
import java.security.SecureRandom;

/**
 * Wires the submitter-service: the one place where its parts are put together, those that need
 * Kafka by {@link SubmitterWiring} when it starts.
 */
public final class SubmitterModule {

  private SubmitterModule() {}

  /** The service, not started. */
  public static SubmitterService create(SubmitterConfig config, ServiceContext context) {
    return create(config, context, BuiltInProviders.PROFILES);
  }

  /** The service, not started, with these providers. */
  public static SubmitterService create(
      SubmitterConfig config, ServiceContext context, ProviderProfiles providers) {
    FailpointListener<Failpoint> halt =
        HaltAtFailpoint.from(
            "submitter",
            Failpoint.class,
            System.getenv(),
            Runtime.getRuntime()::halt,
            context.sleeper());
    return create(config, context, halt, DuplicateGuards.from(System.getenv()), providers);
  }

  /** The service, not started, with somebody to be told where its jobs are. */
  static SubmitterService create(
      SubmitterConfig config, ServiceContext context, FailpointListener<Failpoint> halt) {
    return create(config, context, halt, DuplicateGuards.ALL, BuiltInProviders.PROFILES);
  }

  private static SubmitterService create(
      SubmitterConfig config,
      ServiceContext context,
      FailpointListener<Failpoint> halt,
      DuplicateGuards safeties,
      ProviderProfiles providers) {
    SubmitterMeters meters = new SubmitterMeters(context.meters());
    HttpClient http = BatchProviders.newHttpClient();
    ControlState control = new ControlState();
    AccountBook accounts =
        new AccountBook(
            Accounts.of(config.accounts(), providers),
            account -> adapter(account, http, context, meters),
            control,
            config.retries().backoff());
    SubmitterWiring links =
        new SubmitterWiring(config, context, halt, safeties, meters, accounts, control, http);
    SubmitterService service =
        new SubmitterService(
            links::open, config.webhooks(), context.clock(), context.sleeper(), new SecureRandom());
    context.health().addReadiness("partitions", service::check);
    JobGauges gauges = new JobGauges(service::owners, context.clock());
    context.health().addReadiness("jobs", () -> CheckResult.noted(gauges.troubles()));
    context.health().addReadiness("accounts", () -> CheckResult.noted(accounts.troubles()));
    context
        .health()
        .addWaits(
            () -> service.owners().stream().flatMap(owner -> owner.waits().stream()).toList());
    watch(service, accounts, meters, gauges);
    return service;
  }

  private static BatchProvider adapter(
      Account account, HttpClient http, ServiceContext context, SubmitterMeters meters) {
    return BatchProviders.of(account, http, context.clock(), account.calls(), meters);
  }

  private static void watch(
      SubmitterService service, AccountBook accounts, SubmitterMeters meters, JobGauges gauges) {
    for (JobGauges.State state : JobGauges.State.values()) {
      meters.watchJobs(state.id(), () -> gauges.jobs(state));
    }
    meters.watchTroubled(gauges::troubled);
    meters.watchOldest(() -> gauges.oldestHeld().toSeconds());
    meters.watchPartitions(() -> service.owners().size());
    accounts
        .usable()
        .forEach(
            (name, account) ->
                meters.watchPaused(name, () -> account.gate().problem() == null ? 0 : 1));
  }
}
