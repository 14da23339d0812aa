package dev.offpeak.ledger;

import dev.offpeak.ledger.config.ConsoleConfig;
import dev.offpeak.ledger.config.DatabaseConfig;
import dev.offpeak.ledger.config.OutcomesConfig;
import dev.offpeak.ledger.config.ProofConfig;
import dev.offpeak.runtime.config.HttpConfig;
import dev.offpeak.runtime.config.KafkaConfig;
import dev.offpeak.runtime.config.RegistryConfig;
import dev.offpeak.runtime.config.TopicsConfig;

/**
 * All settings of the ledger-service.
 *
 * @param kafka the cluster
 * @param registry the schema registry
 * @param topics how topics are called; the ledger makes none
 * @param http where health and metrics are, for operators
 * @param database where it keeps what it has read
 * @param outcomes what it keeps of single requests
 * @param console where its pages are
 * @param proof whose bills it is compared with
 */
public record LedgerConfig(
    KafkaConfig kafka,
    RegistryConfig registry,
    TopicsConfig topics,
    HttpConfig http,
    DatabaseConfig database,
    OutcomesConfig outcomes,
    ConsoleConfig console,
    ProofConfig proof) {}
