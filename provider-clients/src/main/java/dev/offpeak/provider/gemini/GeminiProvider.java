package dev.offpeak.provider.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.offpeak.core.lane.Lane;
import dev.offpeak.core.provider.CreateRecovery;
import dev.offpeak.core.provider.CreateRecovery.SearchKey;
import dev.offpeak.core.provider.InputFile;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.core.provider.ProviderJob;
import dev.offpeak.core.provider.ProviderJob.Phase;
import dev.offpeak.core.wait.Sleeper;
import dev.offpeak.provider.Answer;
import dev.offpeak.provider.BatchFormat;
import dev.offpeak.provider.BatchProvider;
import dev.offpeak.provider.CreateJob;
import dev.offpeak.provider.Leftover;
import dev.offpeak.provider.Payload;
import dev.offpeak.provider.ResultSource;
import dev.offpeak.provider.ResultStream;
import dev.offpeak.provider.account.Account;
import dev.offpeak.provider.account.Timeouts;
import dev.offpeak.provider.call.AnswerJson;
import dev.offpeak.provider.call.AskedFor;
import dev.offpeak.provider.call.ErrorWords;
import dev.offpeak.provider.call.JsonCalls;
import dev.offpeak.provider.call.JsonText;
import dev.offpeak.provider.format.BatchFormats;
import dev.offpeak.provider.http.Effect;
import dev.offpeak.provider.http.Transport;
import dev.offpeak.provider.line.ArrayStream;
import dev.offpeak.provider.line.JsonLineParser;
import dev.offpeak.provider.line.LineParser;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * {@link BatchProvider} for the Gemini Developer API. The payload always goes up as a file, also
 * where it would fit into the create: a file can be deleted, so that a lost create runs nothing.
 */
public final class GeminiProvider implements BatchProvider {

  /** That new jobs are listed at once is not promised anywhere: two minutes are ours. */
  private static final Duration SETTLING = Duration.ofMinutes(2);

  private static final String EMBEDDINGS = "embedContent";
  private static final LineParser LINES = new JsonLineParser(GeminiLine::new);

  private final GeminiRequests requests;
  private final JsonCalls calls;
  private final GeminiFiles files;
  private final Clock clock;

  /**
   * The batch API as that account sees it.
   *
   * @param sleeper waits before a broken upload goes on
   * @throws IllegalStateException when the account has no key
   */
  public GeminiProvider(
      Account account, Transport transport, Timeouts timeouts, Clock clock, Sleeper sleeper) {
    ObjectMapper json = AnswerJson.mapper();
    ErrorWords words = new ErrorWords(json, account.requireKey());
    this.requests = new GeminiRequests(account);
    this.calls = new JsonCalls(transport, json, new GeminiErrors(words, clock), words, timeouts);
    this.files = new GeminiFiles(calls, requests, words, clock, sleeper, timeouts);
    this.clock = clock;
  }

  @Override
  public BatchFormat format() {
    return BatchFormats.GEMINI;
  }

  /** A create is found by its display name or its file, and finds no file that was deleted. */
  @Override
  public CreateRecovery recovery() {
    return new CreateRecovery(true, true, SearchKey.MARKER, SETTLING);
  }

  @Override
  public Answer<InputFile> upload(String fileName, Payload payload) {
    return files.upload(fileName, payload);
  }

  @Override
  public Answer<InputFile> file(String fileId) {
    return files.get(fileId);
  }

  @Override
  public Answer<List<InputFile>> findFiles(String fileName) {
    return files.find(fileName);
  }

  @Override
  public Answer<ProviderJob> create(CreateJob job) {
    Map<String, Object> batch =
        Map.of(
            "batch",
            Map.of("displayName", job.marker(), "inputConfig", Map.of("fileName", inputFile(job))));
    return calls.call(
        GeminiCall.CREATE,
        requests.post(
            GeminiRequests.model(job.lane().model()) + ":" + method(job.lane()),
            calls.bytes(batch)),
        Effect.LEAVES_SOMETHING,
        this::read);
  }

  private static String method(Lane lane) {
    return lane.endpoint().equals(EMBEDDINGS) ? "asyncBatchEmbedContent" : "batchGenerateContent";
  }

  private static String inputFile(CreateJob job) {
    return Objects.requireNonNull(job.inputFileId(), "a job at Gemini needs an uploaded file");
  }

  /** In what order jobs are listed is not written anywhere, so that all pages are read. */
  @Override
  public Answer<List<ProviderJob>> findJobs(CreateJob job) {
    String inputFile = inputFile(job);
    Answer<List<ProviderJob>> found =
        jobs(
            (marker, seen) ->
                marker.equals(job.marker()) || inputFile.equals(seen.inputFileId()) ? seen : null);
    return found.map(
        jobs ->
            jobs.stream().sorted(Comparator.comparing(ProviderJob::createdAt).reversed()).toList());
  }

  @Override
  public Answer<List<Leftover>> leftoverFiles(String prefix) {
    return files
        .list(name -> name.startsWith(prefix))
        .map(found -> found.stream().map(Leftover::of).toList());
  }

  @Override
  public Answer<List<Leftover>> leftoverJobs(String prefix) {
    return jobs(
        (marker, seen) ->
            marker.startsWith(prefix) && !seen.phase().isFinal()
                ? Leftover.of(seen, marker)
                : null);
  }

  /**
   * What is wanted of all jobs.
   *
   * @param wanted makes it of a job and its display name, or null
   */
  private <T> Answer<List<T>> jobs(BiFunction<String, ProviderJob, @Nullable T> wanted) {
    return calls.pages(
        GeminiCall.FIND_JOBS,
        token -> requests.get("batches?pageSize=100" + GeminiFiles.pageToken(token)),
        (page, found) -> {
          for (JsonNode operation : page.path("operations")) {
            String marker = JsonText.find(operation.path("metadata"), "displayName", "");
            T each = wanted.apply(marker, read(operation));
            if (each != null) {
              found.add(each);
            }
          }
          return JsonText.find(page, "nextPageToken", "");
        });
  }

  @Override
  public Answer<ProviderJob> get(String jobId) {
    return calls.call(
        GeminiCall.GET,
        requests.get(GeminiRequests.path(jobId)),
        Effect.NONE,
        operation -> AskedFor.job(jobId, read(operation)));
  }

  /** A cancel is answered with nothing, and takes its time. */
  @Override
  public Answer<ProviderJob> cancel(String jobId) {
    Answer<Boolean> asked =
        calls.call(
            GeminiCall.CANCEL,
            requests.post(GeminiRequests.path(jobId) + ":cancel"),
            Effect.NONE,
            answer -> true);
    return switch (asked) {
      case Answer.Ok<Boolean> _ -> get(jobId);
      case Answer.Failed<Boolean>(ProviderError error) -> Answer.failed(error);
    };
  }

  /** A completed job without a file has its results within itself. */
  @Override
  public List<ResultSource> results(ProviderJob job) {
    if (job.outputFileId() != null) {
      return List.of(new ResultSource(job.outputFileId(), ResultSource.Kind.OUTPUT_FILE));
    }
    return job.phase() == Phase.COMPLETED
        ? List.of(new ResultSource(job.id(), ResultSource.Kind.JOB))
        : List.of();
  }

  @Override
  public Answer<ResultStream> open(ResultSource source) {
    return switch (source.kind()) {
      case OUTPUT_FILE, ERROR_FILE -> download(source.id());
      case JOB -> openJob(source.id());
    };
  }

  /** What a job holds: its results, or the name of the file that has them after all. */
  private record Held(byte[] operation, @Nullable String responsesFile) {}

  private static Held held(String jobId, byte[] body, JsonNode operation) {
    AskedFor.require(jobId, JsonText.find(operation, "name", ""));
    return new Held(body, GeminiJobs.responsesFile(operation));
  }

  private Answer<ResultStream> openJob(String jobId) {
    Answer<Held> answer =
        calls.answered(
            GeminiCall.GET,
            requests.get(GeminiRequests.path(jobId)),
            Effect.NONE,
            response -> held(jobId, response.body(), calls.json(response)));
    return switch (answer) {
      case Answer.Failed<Held>(ProviderError error) -> Answer.failed(error);
      case Answer.Ok<Held>(Held(byte[] operation, String file)) ->
          file == null
              ? Answer.ok(new ArrayStream(operation, "inlinedResponses", LINES))
              : download(file);
    };
  }

  private Answer<ResultStream> download(String file) {
    return calls.open(GeminiCall.DOWNLOAD, requests.download(file), LINES);
  }

  /** Deleting a job does not cancel it; its name tells a job from a file. */
  @Override
  public Answer<Boolean> delete(String fileOrJobId) {
    return fileOrJobId.startsWith("files/")
        ? files.delete(fileOrJobId)
        : JsonCalls.orGone(
            calls.call(
                GeminiCall.DELETE,
                requests.delete(GeminiRequests.path(fileOrJobId)),
                Effect.NONE,
                answer -> true),
            true);
  }

  private ProviderJob read(JsonNode operation) {
    return GeminiJobs.read(operation, clock.instant());
  }
}
