package dev.offpeak.results.completions.job;

import dev.offpeak.schemas.avro.JobEnded;

/**
 * An ended job as it stands in llm.completions.
 *
 * @param offset of its record, by which its progress is kept
 */
public record Completion(long offset, JobEnded job) {}
