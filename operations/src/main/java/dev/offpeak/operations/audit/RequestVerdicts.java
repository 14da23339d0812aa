package dev.offpeak.operations.audit;

import dev.offpeak.core.audit.RequestMark;
import dev.offpeak.core.audit.RequestMarks;
import dev.offpeak.core.audit.Standing;
import dev.offpeak.operations.cluster.SkippedRecords;
import dev.offpeak.schemas.avro.AdmittedRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Judges each request by its marks, and finds out whose the open ones are. */
final class RequestVerdicts {

  private static final int EXAMPLES = 20;

  private final RequestMarks requests;
  private final AdmissionProgress admission;
  private final RequestTally tally;
  private final boolean knowsBilling;
  private final Map<Standing, Long> counts = new EnumMap<>(Standing.class);
  private final List<Violation> examples = new ArrayList<>();
  private final RequestMarks named = new RequestMarks();
  private long notAdmitted;
  private long billedTwice;
  private @Nullable Instant oldest;

  RequestVerdicts(
      RequestMarks requests,
      AdmissionProgress admission,
      RequestTally tally,
      boolean knowsBilling) {
    this.requests = requests;
    this.admission = admission;
    this.tally = tally;
    this.knowsBilling = knowsBilling;
    this.oldest = admission.oldestWaiting();
    requests.forEach(this::judge);
  }

  private void judge(int partition, long offset, RequestMarks marks) {
    Standing standing = standing(partition, offset);
    counts.merge(standing, 1L, Long::sum);
    boolean waits = marks.count(RequestMark.ATTEMPT, partition, offset) == 0;
    if (standing == Standing.IN_FLIGHT && waits) {
      notAdmitted++;
    }
    if (standing == Standing.MISSING) {
      note(Violation.What.MISSING, partition, offset);
    }
    if (standing == Standing.DOUBLED) {
      note(Violation.What.DOUBLED, partition, offset);
    }
    if (marks.count(RequestMark.BILLED, partition, offset) > 1) {
      billedTwice++;
      note(Violation.What.BILLED_TWICE, partition, offset);
    }
  }

  /** Whether there are requests whose tenant only llm.lanes tells. */
  boolean hasOpen() {
    return count(Standing.IN_FLIGHT) > notAdmitted
        || count(Standing.MISSING) > 0
        || count(Standing.DROPPED) > 0;
  }

  /** Counts an open request for its tenant, once, whichever of its attempts comes first. */
  void name(AdmittedRequest request) {
    int partition = request.getSourcePartition();
    long offset = request.getSourceOffset();
    RequestTally.Count count =
        switch (standing(partition, offset)) {
          case IN_FLIGHT -> RequestTally.Count.IN_FLIGHT;
          case MISSING -> RequestTally.Count.MISSING;
          case DROPPED -> RequestTally.Count.DROPPED;
          case ABSENT, SETTLED, DOUBLED -> null;
        };
    if (count == null || named.count(RequestMark.SEEN, partition, offset) > 0) {
      return;
    }
    named.add(RequestMark.SEEN, partition, offset);
    tally.add(request.getTenant(), count);
    Instant admitted = request.getAdmittedAt();
    if (count == RequestTally.Count.IN_FLIGHT && (oldest == null || admitted.isBefore(oldest))) {
      oldest = admitted;
    }
  }

  AuditReport report(SkippedRecords leftOut) {
    long settled = count(Standing.SETTLED);
    long dropped = count(Standing.DROPPED);
    long inFlight = count(Standing.IN_FLIGHT);
    long missing = count(Standing.MISSING);
    long doubled = count(Standing.DOUBLED);
    return new AuditReport(
        settled + dropped + inFlight + missing + doubled,
        settled,
        dropped,
        inFlight,
        notAdmitted,
        missing,
        doubled,
        knowsBilling ? billedTwice : null,
        inFlight == 0 ? null : oldest,
        tally.byTenant(),
        List.copyOf(examples),
        leftOut.counts(),
        leftOut.sentences());
  }

  private Standing standing(int partition, long offset) {
    return requests.standing(partition, offset, admission.before(partition));
  }

  private long count(Standing standing) {
    return counts.getOrDefault(standing, 0L);
  }

  private void note(Violation.What what, int partition, long offset) {
    if (examples.size() < EXAMPLES) {
      examples.add(new Violation(what, partition, offset));
    }
  }
}
