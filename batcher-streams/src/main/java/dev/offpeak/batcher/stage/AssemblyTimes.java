package dev.offpeak.batcher.stage;

import java.time.Duration;

/**
 * The times that assembly goes by.
 *
 * @param check how often it looks whether a batch is due
 * @param quiet a partition of llm.lanes that brought nothing for so long has brought what was
 *     written before a flush
 * @param dedup how long a request is remembered
 */
public record AssemblyTimes(Duration check, Duration quiet, Duration dedup) {}
