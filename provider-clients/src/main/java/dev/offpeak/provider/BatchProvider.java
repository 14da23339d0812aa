package dev.offpeak.provider;

import dev.offpeak.core.provider.CreateRecovery;
import dev.offpeak.core.provider.InputFile;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.core.provider.ProviderJob;
import java.time.Instant;
import java.util.List;

/**
 * A provider's batch API as one account sees it. Calls block (run them on virtual threads) and
 * answer with a value or a {@link ProviderError}; they never throw for what a provider may do. No
 * call retries by itself, so that no create can happen twice unseen.
 */
public interface BatchProvider {

  /** The exact bytes of input files. */
  BatchFormat format();

  /** Whether results are no files but part of their job, which is to be deleted in their place. */
  default boolean keepsResultsInJobs() {
    return false;
  }

  /** How payloads get there, and what can be done about a create whose answer was lost. */
  CreateRecovery recovery();

  /**
   * Uploads an input file, streaming. Leaves a file behind even when the answer is lost.
   *
   * @param fileName unique name by which {@link #findFiles} finds the file again
   */
  Answer<InputFile> upload(String fileName, Payload payload);

  /** How an uploaded file is; where there are no files (Anthropic) nothing is to be waited for. */
  default Answer<InputFile> file(String fileId) {
    return Answer.ok(new InputFile(fileId, "", 0, Instant.EPOCH));
  }

  /** Files uploaded under that name, newest first. */
  Answer<List<InputFile>> findFiles(String fileName);

  /** Creates a job. Costs money; never retried here. */
  Answer<ProviderJob> create(CreateJob job);

  /**
   * Jobs that may have come from that create, newest first: the search for an orphan. How surely
   * they did, says {@link CreateRecovery#key}.
   */
  Answer<List<ProviderJob>> findJobs(CreateJob job);

  /** Input files whose names begin with that prefix; none where there are no files (Anthropic). */
  Answer<List<Leftover>> leftoverFiles(String prefix);

  /**
   * Jobs that have not ended and whose markers begin with that prefix; none where jobs bear no
   * marker (Anthropic).
   */
  Answer<List<Leftover>> leftoverJobs(String prefix);

  /** Where the job stands. */
  Answer<ProviderJob> get(String jobId);

  /** Asks the provider to cancel; the job ends later. */
  Answer<ProviderJob> cancel(String jobId);

  /** The files (or streams) that hold the results of an ended job, in the order to be read. */
  List<ResultSource> results(ProviderJob job);

  /** Opens a result stream, to be read and closed by the caller. */
  Answer<ResultStream> open(ResultSource source);

  /** Deletes a file (or, at Anthropic, an ended job). Gone already is success. */
  Answer<Boolean> delete(String fileOrJobId);
}
