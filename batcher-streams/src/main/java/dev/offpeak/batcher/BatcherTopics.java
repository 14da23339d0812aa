package dev.offpeak.batcher;

/**
 * Full names of the topics that the batcher reads and writes.
 *
 * @param requests read
 * @param retries read
 * @param lanes written by admission, read by assembly
 * @param batches written
 * @param failures written
 * @param duplicates written
 * @param control read
 */
public record BatcherTopics(
    String requests,
    String retries,
    String lanes,
    String batches,
    String failures,
    String duplicates,
    String control) {}
