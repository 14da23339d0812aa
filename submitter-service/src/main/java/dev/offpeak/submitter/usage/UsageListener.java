package dev.offpeak.submitter.usage;

/** Told of each report. */
@FunctionalInterface
public interface UsageListener {

  /**
   * Some of a batch's requests were executed.
   *
   * @param requests how many
   * @param inputTokens of those requests, cached ones included
   */
  void reported(String batchId, long requests, long inputTokens);
}
