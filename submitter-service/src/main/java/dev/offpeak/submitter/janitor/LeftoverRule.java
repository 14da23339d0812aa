package dev.offpeak.submitter.janitor;

import dev.offpeak.provider.Leftover;
import dev.offpeak.submitter.batch.JobNames;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * What may be taken away: it bears a name of this installation, no live job has its batch, and it
 * is older than the grace time. A job's intent is in llm.jobs before anything of it is at a
 * provider, so what was listed first and is not live in a ledger that was read afterwards belongs
 * to a batch that is over.
 *
 * @param live batches whose jobs have not ended
 */
record LeftoverRule(JobNames names, Set<String> live, Duration grace, Instant now) {

  boolean takes(Leftover found) {
    String batchId = names.batchId(found.name());
    return batchId != null
        && !live.contains(batchId)
        && !found.createdAt().isAfter(now.minus(grace));
  }
}
