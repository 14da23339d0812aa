package dev.offpeak.standalone.outcome;

import dev.offpeak.schemas.avro.JobEnded;

/**
 * A job that has ended.
 *
 * @param delivered whether all that stands in its results was delivered
 */
public record OverJob(JobEnded job, boolean delivered) {}
