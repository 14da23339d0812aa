package dev.offpeak.operations.cluster;

import dev.offpeak.runtime.config.KafkaConfig;
import dev.offpeak.runtime.config.RegistryConfig;
import dev.offpeak.runtime.config.TopicsConfig;

/**
 * Where an installation is. The same keys as in the services' files.
 *
 * @param kafka the cluster
 * @param registry of its schemas
 * @param topics how they are called
 */
public record ClusterConfig(KafkaConfig kafka, RegistryConfig registry, TopicsConfig topics) {}
