package dev.offpeak.provider;

import dev.offpeak.core.provider.InputFile;
import dev.offpeak.core.provider.ProviderJob;
import java.time.Instant;

/**
 * What stands at a provider under a name of ours: an input file, or a job that has not ended.
 *
 * @param id the provider's, for {@link BatchProvider#delete} or {@link BatchProvider#cancel}
 * @param name the file's name, or the job's marker
 */
public record Leftover(Kind kind, String id, String name, Instant createdAt) {

  /** An input file. */
  public static Leftover of(InputFile file) {
    return new Leftover(Kind.FILE, file.id(), file.name(), file.createdAt());
  }

  /** A job that has not ended. */
  public static Leftover of(ProviderJob job, String marker) {
    return new Leftover(Kind.RUNNING_JOB, job.id(), marker, job.createdAt());
  }

  /** What it is. */
  public enum Kind {
    FILE,
    RUNNING_JOB
  }
}
