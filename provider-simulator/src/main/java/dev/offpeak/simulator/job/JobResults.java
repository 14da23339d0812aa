package dev.offpeak.simulator.job;

import org.jspecify.annotations.Nullable;

/**
 * Where the results of a job can be fetched.
 *
 * @param output the file of its results, null when there are none
 * @param error the file of its failed requests where the provider keeps them apart, null or empty
 *     when there are none
 */
public record JobResults(@Nullable String output, @Nullable String error) {
  /** No results. */
  public static final JobResults NONE = new JobResults(null, null);
}
