package dev.offpeak.core.control;

import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * How an operator has settled whether a quarantined batch has a job. Of two the later one counts,
 * and of two at once the one that names a job: to look for a job that is not there costs nothing.
 *
 * @param jobId the provider's job that is the batch's; null when it has none
 */
public record Settlement(@Nullable String jobId, Instant issuedAt)
    implements Comparable<Settlement> {

  private static final Comparator<Settlement> ORDER =
      Comparator.comparing(Settlement::issuedAt)
          .thenComparing(Settlement::jobId, Comparator.nullsFirst(Comparator.naturalOrder()));

  @Override
  public int compareTo(Settlement other) {
    return ORDER.compare(this, other);
  }
}
