package dev.offpeak.core.job.rule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a job was made of.
 *
 * @param attempt whose it is
 * @param inputFile its file, if there is one
 * @param submitted when the job was known to be there, or the intent recorded
 */
record JobOrigin(int attempt, @Nullable String inputFile, Instant submitted) {}
