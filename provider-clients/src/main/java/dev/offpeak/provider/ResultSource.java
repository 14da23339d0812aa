package dev.offpeak.provider;

/**
 * Something to download.
 *
 * @param id of the file, or of the job where the job itself is the source
 * @param kind how to open it
 */
public record ResultSource(String id, Kind kind) {

  /** Where results stand. */
  public enum Kind {
    OUTPUT_FILE,
    ERROR_FILE,
    JOB
  }
}
