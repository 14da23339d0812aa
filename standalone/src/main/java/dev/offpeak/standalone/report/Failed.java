package dev.offpeak.standalone.report;

/**
 * Requests that failed for the same reason.
 *
 * @param requests how many
 * @param example what was said of one of them
 */
public record Failed(long requests, String example) {

  /** Both together. */
  public Failed plus(Failed other) {
    return new Failed(requests + other.requests, example);
  }
}
