package dev.offpeak.submitter.ledger;

import dev.offpeak.core.job.JobState.Ended;
import dev.offpeak.core.job.JobState.Results;
import dev.offpeak.core.job.Problem;
import dev.offpeak.schemas.avro.EndedAs;
import dev.offpeak.schemas.avro.InvalidLine;
import dev.offpeak.schemas.avro.JobEnded;
import dev.offpeak.submitter.batch.BatchPlace;
import java.util.List;

/** Ended jobs as records of llm.completions. */
final class EndRecords {

  private EndRecords() {}

  static JobEnded of(KnownJob job, Ended ended, List<String> resealedAs) {
    BatchPlace place = job.place();
    Results results = ended.job();
    Problem problem = ended.problem();
    return JobEnded.newBuilder()
        .setBatchId(place.batchId())
        .setBatchPartition(place.partition())
        .setBatchOffset(place.offset())
        .setScope(place.scope())
        .setLane(place.lane().id())
        .setProvider(place.lane().provider().id())
        .setAccount(place.lane().account())
        .setBaseUrl(job.mark().baseUrl())
        .setAccountDigest(job.mark().digest())
        .setEndpoint(place.lane().endpoint())
        .setModel(place.lane().model())
        .setRequests(place.requests())
        .setEnded(EndedAs.valueOf(ended.as().name()))
        .setProviderJobId(results == null ? null : results.jobId())
        .setInputFileId(ended.inputFile())
        .setOutputFileId(results == null ? null : results.outputFile())
        .setErrorFileId(results == null ? null : results.errorFile())
        .setSubmittedAt(results == null ? null : results.submittedAt())
        .setEndedAt(ended.since())
        .setProblemCode(problem == null ? null : problem.code())
        .setProblem(problem == null ? null : problem.message())
        .setRetryable(ended.retryable())
        .setInvalidLines(
            ended.badLines().stream()
                .map(line -> new InvalidLine(line.index(), line.code(), line.message()))
                .toList())
        .setResealedAs(resealedAs)
        .build();
  }
}
