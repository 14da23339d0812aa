package dev.offpeak.results;

import dev.offpeak.provider.account.AccountConfig;
import dev.offpeak.provider.price.PricesConfig;
import dev.offpeak.results.config.ChunkLimits;
import dev.offpeak.results.config.DownloadsConfig;
import dev.offpeak.results.config.LimitsConfig;
import dev.offpeak.results.config.OutputsConfig;
import dev.offpeak.results.config.RetriesConfig;
import dev.offpeak.results.config.SyncConfig;
import dev.offpeak.results.config.UsageConfig;
import dev.offpeak.runtime.config.HttpConfig;
import dev.offpeak.runtime.config.KafkaConfig;
import dev.offpeak.runtime.config.RegistryConfig;
import dev.offpeak.runtime.config.TopicsConfig;
import java.util.Map;

/**
 * All settings of the results-service.
 *
 * @param kafka the cluster
 * @param registry the schema registry
 * @param topics how topics are called and set up
 * @param http where health and metrics are, for operators
 * @param accounts whose results are fetched
 * @param limits how large things may be
 * @param outputs what outcomes look like
 * @param prices what tokens cost
 * @param usage what llm.usage tells apart
 * @param retries when a request is tried again
 * @param downloads how results are fetched
 * @param sync how requests whose deadline no batch can keep are called
 * @param chunks when outcomes are committed
 */
public record ResultsConfig(
    KafkaConfig kafka,
    RegistryConfig registry,
    TopicsConfig topics,
    HttpConfig http,
    Map<String, AccountConfig> accounts,
    LimitsConfig limits,
    OutputsConfig outputs,
    PricesConfig prices,
    UsageConfig usage,
    RetriesConfig retries,
    DownloadsConfig downloads,
    SyncConfig sync,
    ChunkLimits chunks) {}
