package dev.offpeak.schemas.topic;

import static dev.offpeak.schemas.topic.TopicDefinition.Trait.HOLDS_ANSWERS;
import static dev.offpeak.schemas.topic.TopicDefinition.Trait.HOLDS_REQUESTS;
import static dev.offpeak.schemas.topic.TopicDefinition.Trait.OUTLIVES_JOBS;
import static dev.offpeak.schemas.topic.TopicDefinition.Trait.PARTITIONED_BY_BATCH;

import dev.offpeak.core.control.ControlCommand;
import dev.offpeak.schemas.topic.TopicDefinition.Trait;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Every topic of an installation. Nobody else writes their names. Who reads and writes which is
 * shown in docs/architecture.md.
 *
 * @param requests LLM calls wanted by producers: Avro {@code LlmRequest} or JSON lines
 * @param lanes {@code AdmittedRequest}, keyed by lane; sealed batches refer to its positions
 * @param batches {@code SealedBatch}, keyed by quota scope
 * @param urgent {@code SealedBatch} of one request that is called synchronously, keyed by scope
 * @param jobs {@code JobRecord}, keyed by batch id: where each provider job stands
 * @param quotas {@code QuotaRecord}, keyed by quota scope: what providers have taught us of quotas
 * @param completions {@code JobEnded}, keyed by batch id: results can be fetched
 * @param results {@code LlmResult} or JSON, keyed as the request was
 * @param failures {@code LlmFailure} or JSON, keyed as the request was
 * @param retries {@code AdmittedRequest} to be admitted again, keyed by lane
 * @param duplicates {@code DroppedDuplicate}, keyed as the request was
 * @param usage {@code UsageRecord}, keyed by tenant; kept for ever, since the ledger is built of it
 * @param control {@code ControlRecord}: flush, pause, resume, cancel, and accounts that their
 *     providers refuse; keyed by {@link ControlCommand#subject}. Never without a key: a batcher
 *     that starts later does not see it
 * @param objects {@code GatewayObject}, keyed by id and tenant: what users of the gateway have made
 * @param files chunks of files, encrypted, keyed by file and number
 * @param keys {@code GatewayKey}, keyed by name: API keys of the gateway
 * @param budgets {@code BudgetHold}, keyed by id: money that is set aside
 */
public record Topics(
    TopicDefinition requests,
    TopicDefinition lanes,
    TopicDefinition batches,
    TopicDefinition urgent,
    TopicDefinition jobs,
    TopicDefinition quotas,
    TopicDefinition completions,
    TopicDefinition results,
    TopicDefinition failures,
    TopicDefinition retries,
    TopicDefinition duplicates,
    TopicDefinition usage,
    TopicDefinition control,
    TopicDefinition objects,
    TopicDefinition files,
    TopicDefinition keys,
    TopicDefinition budgets) {

  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration WEEK = Duration.ofDays(7);

  /** What an operator's command needs to reach a service that is being restarted. */
  private static final Duration HOUR = Duration.ofHours(1);

  /**
   * The topics of the installation with that prefix.
   *
   * @param prefix stands before each name as it is, for example {@code team-a.}; may be empty
   */
  public static Topics withPrefix(String prefix) {
    return new Topics(
        deleted(prefix + "llm.requests", WEEK, Duration.ZERO, HOLDS_REQUESTS),
        deleted(prefix + "llm.lanes", WEEK, DAY, HOLDS_REQUESTS, OUTLIVES_JOBS),
        deleted(prefix + "llm.batches", WEEK, DAY, OUTLIVES_JOBS, PARTITIONED_BY_BATCH),
        deleted(prefix + "llm.urgent", WEEK, DAY),
        compacted(prefix + "llm.jobs", PARTITIONED_BY_BATCH),
        compacted(prefix + "llm.quotas", PARTITIONED_BY_BATCH),
        deleted(prefix + "llm.completions", WEEK, DAY, PARTITIONED_BY_BATCH),
        users(prefix + "llm.results", HOLDS_REQUESTS, HOLDS_ANSWERS),
        users(prefix + "llm.failures", HOLDS_REQUESTS),
        deleted(prefix + "llm.retries", WEEK, DAY, HOLDS_REQUESTS),
        deleted(prefix + "llm.duplicates", WEEK, Duration.ZERO, HOLDS_REQUESTS),
        deleted(prefix + "llm.usage", TopicDefinition.FOR_EVER, Duration.ZERO),
        deleted(prefix + "llm.control", DAY, HOUR),
        compacted(prefix + "llm.objects"),
        compacted(prefix + "llm.files"),
        compacted(prefix + "llm.keys"),
        compacted(prefix + "llm.budgets"));
  }

  /** All of them. */
  public List<TopicDefinition> all() {
    return List.of(
        requests,
        lanes,
        batches,
        urgent,
        jobs,
        quotas,
        completions,
        results,
        failures,
        retries,
        duplicates,
        usage,
        control,
        objects,
        files,
        keys,
        budgets);
  }

  private static TopicDefinition deleted(
      String name, Duration retention, Duration least, Trait... traits) {
    return new TopicDefinition(name, Cleanup.DELETE, retention, least, Set.of(traits));
  }

  private static TopicDefinition compacted(String name, Trait... traits) {
    return new TopicDefinition(name, Cleanup.COMPACT, Duration.ZERO, Duration.ZERO, Set.of(traits));
  }

  private static TopicDefinition users(String name, Trait... traits) {
    return new TopicDefinition(name, Cleanup.USERS_CHOICE, WEEK, Duration.ZERO, Set.of(traits));
  }
}
