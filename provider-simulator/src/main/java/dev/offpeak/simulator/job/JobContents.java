package dev.offpeak.simulator.job;

/**
 * What validation found in the input of a job.
 *
 * @param model the model of its requests, empty when they name none or several
 * @param requests how many there are
 * @param enqueuedTokens input tokens that they take of the model's queue
 */
public record JobContents(String model, int requests, long enqueuedTokens) {
  /** Nothing is known before validation. */
  public static final JobContents UNKNOWN = new JobContents("", 0, 0);
}
