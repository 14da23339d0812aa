package dev.offpeak.submitter.job;

import dev.offpeak.core.job.Chore;
import dev.offpeak.core.job.JobEvent;
import dev.offpeak.core.job.JobEvent.CallFailed;
import dev.offpeak.core.job.JobStep;
import dev.offpeak.core.job.Moment;
import dev.offpeak.core.provider.InputFile;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.core.provider.ProviderJob;
import dev.offpeak.provider.Answer;
import dev.offpeak.provider.BatchProvider;
import dev.offpeak.provider.CreateJob;
import dev.offpeak.schemas.record.SealedManifest;
import dev.offpeak.submitter.batch.BatchPlace;
import dev.offpeak.submitter.batch.ManifestExpired;
import dev.offpeak.submitter.failpoint.Failpoint;
import dev.offpeak.submitter.ledger.OwnershipLost;
import dev.offpeak.submitter.payload.PositionsLost;
import dev.offpeak.submitter.payload.PositionsUnknown;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does the steps of one job. */
final class StepRunner {

  private static final Logger LOGGER = LoggerFactory.getLogger(StepRunner.class);
  private static final Duration BETWEEN_TRIES_FOR_A_TURN = Duration.ofMillis(250);

  private final BatchPlace place;
  private final BatchProvider provider;
  private final JobDependencies tools;
  private final JobPartition home;
  private final JobSignal signal;
  private final Supplier<Moment> moment;
  private final AccountCalls calls;
  private final UploadAndCreate submitting;
  private final JobOwnershipProof proof;

  StepRunner(
      BatchPlace place,
      BatchProvider provider,
      AccountCalls calls,
      JobDependencies tools,
      JobPartition home,
      JobSignal signal,
      IntentRenewal renewal,
      Supplier<Moment> moment) {
    this.place = place;
    this.provider = provider;
    this.calls = calls;
    this.tools = tools;
    this.home = home;
    this.signal = signal;
    this.moment = moment;
    this.submitting = new UploadAndCreate(place, provider, calls, tools, renewal, moment);
    this.proof = new JobOwnershipProof(place, provider, calls, tools.batches());
  }

  /**
   * Does a step and says what came of it.
   *
   * @param failures calls of this job that have failed since the last success
   * @throws IOException when our own side can't do it for now
   */
  JobEvent perform(JobStep step, int failures)
      throws OwnershipLost, InterruptedException, IOException {
    int inARow = failures + 1;
    return switch (step) {
      case JobStep.AwaitTurn _ -> readable(step, inARow);
      case JobStep.Upload upload -> submitting.upload(upload, inARow);
      case JobStep.SearchFile search -> searchFile(search, inARow);
      case JobStep.LookAtFile look -> lookAtFile(look, inARow);
      case JobStep.AwaitCreate(@Nullable Instant notBefore) -> awaitCreate(notBefore);
      case JobStep.Create create -> submitting.create(create, inARow);
      case JobStep.SearchJobs search -> searchJobs(search, inARow);
      case JobStep.Burn burn -> burn(burn, inARow);
      case JobStep.Prove prove -> proof.of(prove, inARow);
      case JobStep.Look look -> look(look, inARow);
      case JobStep.Cancel cancel -> cancel(cancel, inARow);
      case JobStep.Wait _, JobStep.Finish _ ->
          throw new IllegalArgumentException(step + " is not an act");
    };
  }

  /** The quota's turn has come; but only what can be read is worth an upload. */
  private JobEvent readable(JobStep step, int inARow) throws IOException {
    try {
      tools.payloads().requireReadable(SealedManifest.of(tools.batches().read(place)));
      return new JobEvent.TurnCame();
    } catch (ManifestExpired | PositionsLost e) {
      return new CallFailed(step, WatchedPayload.expired(e), inARow);
    } catch (PositionsUnknown e) {
      return new CallFailed(step, WatchedPayload.unknown(e), inARow);
    }
  }

  private JobEvent lookAtFile(JobStep.LookAtFile look, int inARow) throws InterruptedException {
    return calls.small(
        () -> provider.file(look.inputFile()),
        file -> new JobEvent.FileSeen(file.state()),
        error -> new CallFailed(look, error, inARow));
  }

  /** A file that is not whole is of no use to anybody. */
  private JobEvent searchFile(JobStep.SearchFile search, int inARow) throws InterruptedException {
    String name = tools.names().file(place.batchId(), search.attempt());
    return calls.small(
        () -> provider.findFiles(name),
        files -> {
          InputFile whole = null;
          for (InputFile file : files) {
            if (whole == null && isWhole(file)) {
              whole = file;
            } else {
              tidy(new Chore.DeleteFile(file.id()));
            }
          }
          return whole == null
              ? new JobEvent.FileSearched(null)
              : new JobEvent.FileSearched(whole.id(), whole.isUsable());
        },
        error -> new CallFailed(search, error, inARow));
  }

  private boolean isWhole(InputFile file) {
    return file.bytes() == place.bytesIn(provider.format())
        && file.state() != InputFile.State.FAILED;
  }

  private JobEvent awaitCreate(@Nullable Instant notBefore) throws InterruptedException {
    Moment at = moment.get();
    while (notBefore != null && at.now().isBefore(notBefore) && !at.cancelWanted()) {
      signal.await(Duration.between(at.now(), notBefore));
      at = moment.get();
    }
    calls.await(true);
    while (!home.tryCreate(place)) {
      signal.await(BETWEEN_TRIES_FOR_A_TURN);
    }
    return new JobEvent.CreateTurnCame();
  }

  private JobEvent searchJobs(JobStep.SearchJobs search, int inARow) throws InterruptedException {
    CreateJob job =
        new CreateJob(
            tools.names().marker(place.batchId(), search.attempt()),
            place.lane(),
            search.inputFile(),
            null,
            place.requests(),
            search.since());
    return calls.small(
        () -> provider.findJobs(job),
        found -> new JobEvent.JobsSearched(search, ours(found)),
        error -> new CallFailed(search, error, inARow));
  }

  private List<ProviderJob> ours(List<ProviderJob> found) {
    return found.stream()
        .filter(job -> !home.isAnothers(job.id(), place.batchId()))
        .sorted(Comparator.comparing(ProviderJob::createdAt))
        .toList();
  }

  private JobEvent burn(JobStep.Burn burn, int inARow) throws InterruptedException {
    reached(Failpoint.BEFORE_BURN);
    JobEvent event =
        calls.small(
            () -> provider.delete(burn.inputFile()),
            _ -> new JobEvent.FileBurnt(),
            error ->
                error instanceof ProviderError.Gone
                    ? new JobEvent.FileBurnt()
                    : new CallFailed(burn, error, inARow));
    reached(Failpoint.AFTER_BURN);
    return event;
  }

  private JobEvent look(JobStep.Look look, int inARow) throws InterruptedException {
    reached(Failpoint.BEFORE_POLL);
    JobEvent event =
        calls.small(
            () -> provider.get(look.jobId()),
            job -> new JobEvent.JobSeen(job),
            error -> new CallFailed(look, error, inARow));
    reached(Failpoint.AFTER_POLL);
    return event;
  }

  private JobEvent cancel(JobStep.Cancel cancel, int inARow) throws InterruptedException {
    return calls.small(
        () -> provider.cancel(cancel.jobId()),
        job -> new JobEvent.CancelAsked(job),
        error -> new CallFailed(cancel, error, inARow));
  }

  /** Deletes the input files of the attempts so far, but for the one that is recorded. */
  void deleteLeftovers(int attempts, @Nullable String recorded) {
    for (int attempt = 1; provider.recovery().uploadsFirst() && attempt <= attempts; attempt++) {
      String name = tools.names().file(place.batchId(), attempt);
      if (provider.findFiles(name) instanceof Answer.Ok<List<InputFile>>(List<InputFile> left)) {
        left.stream()
            .filter(file -> !file.id().equals(recorded))
            .forEach(file -> tidy(new Chore.DeleteFile(file.id())));
      }
    }
  }

  /** Cleans up; what can't be cleaned up is left to the janitor. */
  void tidy(Chore chore) {
    var answer =
        switch (chore) {
          case Chore.DeleteFile(String file) -> provider.delete(file);
          case Chore.CancelJob(String job) -> provider.cancel(job);
        };
    if (answer instanceof Answer.Failed<?> failed) {
      LOGGER
          .atWarn()
          .addKeyValue("batchId", place.batchId())
          .addKeyValue("chore", chore)
          .addKeyValue("code", failed.error().code())
          .addKeyValue("reason", failed.error().message())
          .log("not cleaned up at the provider");
    }
  }

  private void reached(Failpoint failpoint) throws InterruptedException {
    tools.halt().reached(failpoint);
  }
}
