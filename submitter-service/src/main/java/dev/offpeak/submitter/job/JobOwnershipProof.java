package dev.offpeak.submitter.job;

import dev.offpeak.core.job.JobEvent;
import dev.offpeak.core.job.JobEvent.CallFailed;
import dev.offpeak.core.job.JobStep;
import dev.offpeak.core.lane.Position;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.core.provider.ProviderJob;
import dev.offpeak.core.seal.Manifest;
import dev.offpeak.provider.Answer;
import dev.offpeak.provider.BatchProvider;
import dev.offpeak.provider.ResultLine;
import dev.offpeak.provider.ResultSource;
import dev.offpeak.provider.ResultStream;
import dev.offpeak.schemas.record.SealedManifest;
import dev.offpeak.submitter.batch.BatchPlace;
import dev.offpeak.submitter.batch.BatchReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Finds out whose an ended job is, by the custom ids in its results: they are our positions. */
final class JobOwnershipProof {

  private final BatchPlace place;
  private final BatchProvider provider;
  private final AccountCalls calls;

  /** More than one a request and so many others tell nothing: the provider says what it likes. */
  private static final int STRAY_LINES = 1_000;

  private final BatchReader batches;

  JobOwnershipProof(
      BatchPlace place, BatchProvider provider, AccountCalls calls, BatchReader batches) {
    this.place = place;
    this.provider = provider;
    this.calls = calls;
    this.batches = batches;
  }

  /** Of the candidates the first that is ours; as long as one can't be told, none is excluded. */
  JobEvent of(JobStep.Prove prove, int inARow) throws InterruptedException, IOException {
    Manifest manifest = SealedManifest.of(batches.read(place));
    List<ProviderError> untold = new ArrayList<>();
    for (String id : prove.jobIds()) {
      Optional<ProviderJob> job = noted(() -> provider.get(id), untold);
      if (job.isPresent() && isOurs(job.get(), manifest, untold)) {
        return new JobEvent.Proved(prove, job.get());
      }
    }
    return untold.isEmpty()
        ? new JobEvent.Proved(prove, null)
        : new CallFailed(prove, untold.getFirst(), inARow);
  }

  private boolean isOurs(ProviderJob job, Manifest manifest, List<ProviderError> untold)
      throws InterruptedException {
    for (ResultSource source : provider.results(job)) {
      Optional<ResultStream> opened = noted(() -> provider.open(source), untold);
      if (opened.isEmpty()) {
        return false;
      }
      try (ResultStream lines = opened.get()) {
        boolean anothers = false;
        int enough = place.requests() + STRAY_LINES;
        ResultLine line = lines.next();
        for (int read = 1; line != null && read <= enough; read++) {
          String id = line.providerId();
          if (id != null && holds(manifest, id)) {
            return true;
          }
          anothers |= id != null;
          line = lines.next();
        }
        if (anothers && line == null) {
          return false;
        }
      } catch (IOException e) {
        untold.add(
            new ProviderError.Retryable("results_unreadable", String.valueOf(e.getMessage())));
        return false;
      }
    }
    untold.add(
        new ProviderError.Retryable(
            "no_results", "job " + job.id() + " has no results to tell by"));
    return false;
  }

  /** The value, or else the reason on the list. */
  private <T> Optional<T> noted(Supplier<Answer<T>> call, List<ProviderError> untold)
      throws InterruptedException {
    return calls.small(
        call,
        Optional::of,
        error -> {
          untold.add(error);
          return Optional.empty();
        });
  }

  private static boolean holds(Manifest manifest, String id) {
    try {
      Position position = Position.parse(id);
      return position.partition() == manifest.partition()
          && manifest.indexOf(position.offset()) >= 0;
    } catch (IllegalArgumentException e) {
      // Somebody else's job in the same account.
      return false;
    }
  }
}
