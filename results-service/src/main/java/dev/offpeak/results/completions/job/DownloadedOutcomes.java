package dev.offpeak.results.completions.job;

import dev.offpeak.core.outcome.JobEnd;
import dev.offpeak.core.outcome.LineKind;
import dev.offpeak.core.outcome.Reconciliation;
import dev.offpeak.core.outcome.Trouble;
import dev.offpeak.core.outcome.Troubles;
import dev.offpeak.results.completions.download.ResultSpool;
import dev.offpeak.results.shared.outcome.SpooledLine;
import dev.offpeak.schemas.avro.InvalidLine;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What is known of each request when the downloads are over.
 *
 * @param spool the lines; null when there was nothing to download
 * @param complete whether all results were still there
 * @param undelivered why not all that is there was fetched; null when it was
 * @param counted requests that the provider says are done, 0 when it says nothing
 */
record DownloadedOutcomes(
    RequestsOfJob work,
    JobEnd end,
    Reconciliation seen,
    @Nullable ResultSpool spool,
    boolean complete,
    @Nullable String undelivered,
    int counted)
    implements Closeable {

  /** The line that counts for that request; null when it has none. */
  @Nullable SpooledLine lineAt(int index) throws IOException {
    return spool == null || seen.kindAt(index) == null ? null : spool.get(index);
  }

  /** Bytes of {@link #lineAt}. */
  int bytesAt(int index) {
    return spool == null || seen.kindAt(index) == null ? 0 : spool.bytesAt(index);
  }

  /** Whether that request has an answer. */
  boolean isAnswered(int index) {
    return seen.kindAt(index) == LineKind.SUCCEEDED;
  }

  /** Why a request without an answer has none. */
  Trouble troubleAt(int index, @Nullable SpooledLine line) {
    LineKind kind = seen.kindAt(index);
    if (kind != null && line != null) {
      return Troubles.ofLine(kind, line.code(), line.message(), end);
    }
    InvalidLine refusal = work.refusalAt(index);
    if (refusal != null) {
      return Troubles.ofInvalidLine(refusal.getCode(), refusal.getMessage(), end);
    }
    if (undelivered != null && end.as() != JobEnd.As.FAILED) {
      return Troubles.ofUndelivered(undelivered);
    }
    boolean mayHaveRun = seen.listsUnexecuted() || counted > seen.executed();
    return Troubles.ofMissing(end, !complete, mayHaveRun);
  }

  @Override
  public void close() throws IOException {
    if (spool != null) {
      spool.close();
    }
  }
}
