package dev.offpeak.operations.audit;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an audit found.
 *
 * @param requests records in llm.requests within the range
 * @param settled with exactly one result or failure
 * @param dropped as duplicates of requests that have one
 * @param inFlight without outcome yet, those before admission included
 * @param notAdmitted of these, before admission: their tenant is not known yet
 * @param missing lost
 * @param doubled with more than one outcome
 * @param billedTwice billed more than once, by the given ledger; null when none was given
 * @param oldestInFlight when the oldest request in flight was written; null when there is none
 * @param byTenant what became of the requests of each tenant
 * @param examples the first violations
 * @param leftOut records that could not be read, by topic
 * @param leftOutSentences the same for a person
 */
public record AuditReport(
    long requests,
    long settled,
    long dropped,
    long inFlight,
    long notAdmitted,
    long missing,
    long doubled,
    @Nullable Long billedTwice,
    @Nullable Instant oldestInFlight,
    Map<String, Map<RequestTally.Count, Long>> byTenant,
    List<Violation> examples,
    Map<String, Long> leftOut,
    List<String> leftOutSentences) {

  /** Whether every request has exactly one outcome or is in flight, and none was billed twice. */
  public boolean isClean() {
    return missing == 0 && doubled == 0 && (billedTwice == null || billedTwice == 0);
  }
}
