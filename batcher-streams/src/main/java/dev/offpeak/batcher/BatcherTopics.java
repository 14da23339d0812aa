package dev.offpeak.batcher;

import dev.offpeak.schemas.topic.Topics;

/**
 * Full names of the topics that the batcher reads and writes.
 *
 * @param requests read
 * @param retries read
 * @param lanes written by admission, read by assembly
 * @param batches written
 * @param urgent written
 * @param failures written
 * @param duplicates written
 * @param control read
 */
public record BatcherTopics(
    String requests,
    String retries,
    String lanes,
    String batches,
    String urgent,
    String failures,
    String duplicates,
    String control) {

  /** Those of an installation. */
  static BatcherTopics of(Topics topics) {
    return new BatcherTopics(
        topics.requests().name(),
        topics.retries().name(),
        topics.lanes().name(),
        topics.batches().name(),
        topics.urgent().name(),
        topics.failures().name(),
        topics.duplicates().name(),
        topics.control().name());
  }
}
