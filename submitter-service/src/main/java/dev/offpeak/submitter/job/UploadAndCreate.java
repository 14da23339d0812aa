package dev.offpeak.submitter.job;

import dev.offpeak.core.job.JobEvent;
import dev.offpeak.core.job.JobEvent.CallFailed;
import dev.offpeak.core.job.JobStep;
import dev.offpeak.core.job.Moment;
import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.core.provider.InputFile;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.core.provider.ProviderError.BadLine;
import dev.offpeak.core.provider.ProviderJob;
import dev.offpeak.core.seal.Manifest;
import dev.offpeak.provider.Answer;
import dev.offpeak.provider.BatchProvider;
import dev.offpeak.provider.CreateJob;
import dev.offpeak.schemas.record.SealedManifest;
import dev.offpeak.submitter.batch.BatchPlace;
import dev.offpeak.submitter.batch.ManifestExpired;
import dev.offpeak.submitter.failpoint.Failpoint;
import dev.offpeak.submitter.ledger.OwnershipLost;
import dev.offpeak.submitter.payload.LanePayload;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The two calls that leave something at the provider: upload and create. */
final class UploadAndCreate {

  private final BatchPlace place;
  private final BatchProvider provider;
  private final AccountCalls calls;
  private final JobDependencies tools;
  private final IntentRenewal renewal;
  private final Supplier<Moment> moment;

  UploadAndCreate(
      BatchPlace place,
      BatchProvider provider,
      AccountCalls calls,
      JobDependencies tools,
      IntentRenewal renewal,
      Supplier<Moment> moment) {
    this.place = place;
    this.provider = provider;
    this.calls = calls;
    this.tools = tools;
    this.renewal = renewal;
    this.moment = moment;
  }

  JobEvent upload(JobStep.Upload upload, int inARow)
      throws OwnershipLost, InterruptedException, IOException {
    String name = tools.names().file(place.batchId(), upload.attempt());
    calls.await(true);
    if (moment.get().cancelWanted()) {
      return new CallFailed(upload, notStarted(), inARow);
    }
    try (LanePayload lane = payload()) {
      WatchedPayload payload = new WatchedPayload(lane);
      renewal.beforeActing();
      reached(Failpoint.BEFORE_UPLOAD);
      Answer<InputFile> answer = provider.upload(name, payload);
      reached(Failpoint.AFTER_UPLOAD);
      JobEvent event =
          calls.settle(
              answer,
              file -> uploaded(upload, file, inARow),
              error -> new CallFailed(upload, payload.explain(error), inARow));
      return namingAll(event, payload);
    } catch (ManifestExpired e) {
      return new CallFailed(upload, WatchedPayload.expired(e), inARow);
    }
  }

  private JobEvent uploaded(JobStep.Upload upload, InputFile file, int inARow) {
    if (file.bytes() > 0 && file.bytes() != bytes()) {
      return new CallFailed(
          upload,
          new ProviderError.Ambiguous(
              FailureCode.UPLOAD_INCOMPLETE.id(),
              "the provider received " + file.bytes() + " bytes of an upload of " + bytes()),
          inARow);
    }
    if (file.state() == InputFile.State.FAILED) {
      return new CallFailed(
          upload,
          new ProviderError.Ambiguous(
              FailureCode.FILE_FAILED.id(), "the provider could not read the input file"),
          inARow);
    }
    tools.meters().uploaded(place.lane().account(), bytes());
    return new JobEvent.FileUploaded(file.id(), file.isUsable());
  }

  JobEvent create(JobStep.Create create, int inARow)
      throws OwnershipLost, InterruptedException, IOException {
    calls.await(true);
    if (moment.get().cancelWanted()) {
      return new CallFailed(create, notStarted(), inARow);
    }
    String file = create.inputFile();
    if (file != null) {
      return seenWithFile(send(create, null, inARow), create, file);
    }
    try (LanePayload lane = payload()) {
      return send(create, new WatchedPayload(lane), inARow);
    } catch (ManifestExpired e) {
      return new CallFailed(create, WatchedPayload.expired(e), inARow);
    }
  }

  private JobEvent seenWithFile(JobEvent event, JobStep.Create create, String file) {
    return event instanceof CallFailed(_, ProviderError why, int inARow)
            && why instanceof ProviderError.Rejected
        ? new CallFailed(create, RefusedCreate.seenWith(why, provider.file(file)), inARow)
        : event;
  }

  private JobEvent send(JobStep.Create create, @Nullable WatchedPayload payload, int inARow)
      throws OwnershipLost, InterruptedException, IOException {
    renewal.beforeActing();
    reached(Failpoint.BEFORE_CREATE);
    CreateJob job =
        new CreateJob(
            tools.names().marker(place.batchId(), create.attempt()),
            place.lane(),
            create.inputFile(),
            payload,
            place.requests(),
            moment.get().now());
    Answer<ProviderJob> answer = provider.create(job);
    reached(Failpoint.AFTER_CREATE);
    JobEvent event =
        calls.settle(
            answer,
            made -> new JobEvent.JobCreated(made),
            error ->
                new CallFailed(create, payload == null ? error : payload.explain(error), inARow));
    return payload == null ? event : namingAll(event, payload);
  }

  /** One request that can't be used was met; the others of the batch are looked for at once. */
  private JobEvent namingAll(JobEvent event, WatchedPayload payload) throws IOException {
    if (payload.unusable() == null
        || !(event instanceof CallFailed(JobStep step, ProviderError why, int inARow))
        || !(why instanceof ProviderError.PayloadUnreadable)) {
      return event;
    }
    Manifest manifest = SealedManifest.of(tools.batches().read(place));
    List<BadLine> all =
        tools.payloads().unusable(manifest).stream()
            .map(
                each ->
                    new BadLine(
                        manifest.indexOf(each.offset()),
                        FailureCode.UNPROCESSABLE_RECORD.id(),
                        String.valueOf(each.getMessage())))
            .toList();
    ProviderError named =
        new ProviderError.InvalidLines(FailureCode.UNPROCESSABLE_RECORD.id(), why.message(), all);
    return new CallFailed(step, named, inARow);
  }

  private long bytes() {
    return place.bytesIn(provider.format());
  }

  private LanePayload payload() throws ManifestExpired, InterruptedException {
    Manifest manifest = SealedManifest.of(tools.batches().read(place));
    return tools.payloads().of(place.lane(), manifest, bytes(), provider.format());
  }

  private static ProviderError notStarted() {
    return new ProviderError.Retryable("cancelled", "the batch is to be cancelled");
  }

  private void reached(Failpoint failpoint) throws InterruptedException {
    tools.halt().reached(failpoint);
  }
}
