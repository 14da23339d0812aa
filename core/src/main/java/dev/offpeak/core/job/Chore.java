package dev.offpeak.core.job;

/** Something to clean up at the provider. If it fails nothing is lost but tidiness. */
public sealed interface Chore {

  /** Deletes a file that no job needs. */
  record DeleteFile(String fileId) implements Chore {}

  /** Cancels a job that must not run. */
  record CancelJob(String jobId) implements Chore {}
}
