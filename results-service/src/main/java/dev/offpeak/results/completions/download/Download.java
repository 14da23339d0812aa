package dev.offpeak.results.completions.download;

import dev.offpeak.core.outcome.Reconciliation;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.core.wait.RetryLater;
import dev.offpeak.provider.Answer;
import dev.offpeak.provider.BatchProvider;
import dev.offpeak.provider.ResultLine;
import dev.offpeak.provider.ResultSource;
import dev.offpeak.provider.ResultStream;
import dev.offpeak.results.shared.outcome.LineKinds;
import dev.offpeak.results.shared.publish.Failpoint;
import dev.offpeak.runtime.failpoint.FailpointListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One try to fetch a job's results into a spool. A transfer that breaks is begun again from the
 * start, with a new spool: no provider promises the same order twice, so lines are told apart by
 * their ids and not by their number.
 */
public final class Download {

  /** Lines beyond one for each request, of a source, that are read before it is left. */
  private static final int STRAY_LINES = 10_000;

  private final BatchProvider provider;
  private final Reconciliation seen;
  private final ResultSpool spool;
  private final int requests;
  private final int from;
  private final boolean takesWhatComes;
  private final FailpointListener<Failpoint> halt;

  private int lines;
  private int foreign;
  private @Nullable String undelivered;

  /**
   * A download that has not begun.
   *
   * @param seen takes every line
   * @param spool takes the lines that count
   * @param requests of the job
   * @param from requests before this index are published already: their lines are not kept
   * @param takesWhatComes whether a source that is not delivered, or breaks off, is left at that
   */
  public Download(
      BatchProvider provider,
      Reconciliation seen,
      ResultSpool spool,
      int requests,
      int from,
      boolean takesWhatComes,
      FailpointListener<Failpoint> halt) {
    this.provider = provider;
    this.seen = seen;
    this.spool = spool;
    this.requests = requests;
    this.from = from;
    this.takesWhatComes = takesWhatComes;
    this.halt = halt;
  }

  /**
   * Fetches these sources.
   *
   * @return those that the provider says it does not have
   * @throws RetryLater when the provider does not deliver, or the transfer breaks
   * @throws IOException when the spool can't be written
   */
  public List<ResultSource> fetch(List<ResultSource> sources)
      throws RetryLater, IOException, InterruptedException {
    halt.reached(Failpoint.BEFORE_DOWNLOAD);
    List<ResultSource> gone = new ArrayList<>();
    for (ResultSource source : sources) {
      try {
        if (!fetch(source)) {
          gone.add(source);
        }
      } catch (RetryLater e) {
        if (!takesWhatComes || !e.isUndelivered()) {
          throw e;
        }
        undelivered = undelivered == null ? e.reason() : undelivered;
      }
    }
    spool.finishWriting();
    halt.reached(Failpoint.AFTER_DOWNLOAD);
    return gone;
  }

  /** False when the provider says that it does not have it. */
  private boolean fetch(ResultSource source) throws RetryLater, IOException, InterruptedException {
    return switch (provider.open(source)) {
      case Answer.Ok<ResultStream>(ResultStream stream) -> {
        readAll(source, stream);
        yield true;
      }
      case Answer.Failed<ResultStream>(ProviderError.Gone _) -> false;
      case Answer.Failed<ResultStream>(ProviderError error) ->
          throw RefusedDownloads.of("download " + source.id(), error);
    };
  }

  private void readAll(ResultSource source, ResultStream stream)
      throws RetryLater, IOException, InterruptedException {
    try (stream) {
      int straysBefore = lines - seen.joined();
      while (takeNext(source, stream)) {
        halt.reached(Failpoint.DURING_DOWNLOAD);
        if (lines - seen.joined() - straysBefore > STRAY_LINES + requests) {
          // Without end perhaps: what lacks then is treated as what lacks at an end.
          return;
        }
      }
    }
  }

  /** In a method of its own, so that a long line is not held while the next one is read. */
  private boolean takeNext(ResultSource source, ResultStream stream)
      throws RetryLater, IOException {
    ResultLine line = next(source, stream);
    if (line == null) {
      return false;
    }
    lines++;
    take(line);
    return true;
  }

  private @Nullable ResultLine next(ResultSource source, ResultStream stream) throws RetryLater {
    try {
      return stream.next();
    } catch (IOException e) {
      throw RetryLater.undelivered(
          "the download of " + source.id() + " broke after line " + lines + ": " + e.getMessage(),
          null);
    }
  }

  private void take(ResultLine line) throws IOException {
    int index = seen.accept(line.providerId(), LineKinds.of(line));
    if (index == Reconciliation.FOREIGN) {
      foreign++;
    }
    if (index >= from) {
      spool.put(index, line);
    }
  }

  /** Why not all sources were read to their ends; null when they were, or are gone. */
  public @Nullable String undelivered() {
    return undelivered;
  }

  /** Lines that belong to no request of the batch, or whose id can't be read. */
  public int foreign() {
    return foreign;
  }

  /** Lines beyond the first of a request. */
  public int duplicates() {
    return lines - foreign - seen.joined();
  }
}
