package dev.offpeak.submitter.ledger;

import java.util.List;
import java.util.Set;

/**
 * What llm.jobs says of a partition.
 *
 * @param live jobs that have not ended, in the order of their batches
 * @param nextOffset from where on batches of llm.batches have no record yet
 * @param endedJobIds provider's ids of jobs that have ended
 * @param forgettable batch ids of ended jobs whose batches have expired from llm.batches
 * @param known batch ids that llm.jobs knows, which llm.batches may hold once more: when it was
 *     made anew, or when somebody wrote one again
 */
public record RebuiltPartition(
    List<KnownJob> live,
    long nextOffset,
    Set<String> endedJobIds,
    List<String> forgettable,
    Set<String> known) {}
