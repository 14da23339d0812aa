package dev.offpeak.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.offpeak.core.provider.CreateRecovery;
import dev.offpeak.core.provider.CreateRecovery.SearchKey;
import dev.offpeak.core.provider.InputFile;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.core.provider.ProviderJob;
import dev.offpeak.provider.Answer;
import dev.offpeak.provider.BatchFormat;
import dev.offpeak.provider.BatchProvider;
import dev.offpeak.provider.CreateJob;
import dev.offpeak.provider.Leftover;
import dev.offpeak.provider.Payload;
import dev.offpeak.provider.ResultSource;
import dev.offpeak.provider.ResultStream;
import dev.offpeak.provider.account.Account;
import dev.offpeak.provider.account.CompatibleConfig;
import dev.offpeak.provider.account.Timeouts;
import dev.offpeak.provider.call.AnswerJson;
import dev.offpeak.provider.call.AskedFor;
import dev.offpeak.provider.call.ErrorWords;
import dev.offpeak.provider.call.JsonCalls;
import dev.offpeak.provider.call.PathSegment;
import dev.offpeak.provider.format.BatchFormats;
import dev.offpeak.provider.http.Effect;
import dev.offpeak.provider.http.StreamedBody;
import dev.offpeak.provider.http.Transport;
import dev.offpeak.provider.line.JsonLineParser;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** {@link BatchProvider} for OpenAI, and for servers that speak its files and batches API. */
public final class OpenAiProvider implements BatchProvider {

  /** Key in a batch's metadata that holds our marker. */
  static final String MARKER = "offpeak_batch";

  /** How far OpenAI's clock may stand behind ours. */
  private static final Duration SKEW = Duration.ofMinutes(5);

  private static final Duration SETTLING = Duration.ofMinutes(2);

  private final OpenAiRequests requests;
  private final JsonCalls calls;
  private final Timeouts timeouts;
  private final Clock clock;
  private final @Nullable Duration outputLife;
  private final CompatibleConfig server;
  private final EndpointSpelling spelling;
  private final BatchFormat format;

  /**
   * The batch API as that account sees it.
   *
   * @throws IllegalStateException when the account has no key
   */
  public OpenAiProvider(Account account, Transport transport, Timeouts timeouts, Clock clock) {
    ObjectMapper json = AnswerJson.mapper();
    ErrorWords words = new ErrorWords(json, account.requireKey());
    this.requests = new OpenAiRequests(account);
    this.timeouts = timeouts;
    this.clock = clock;
    this.spelling = EndpointSpelling.of(account);
    this.format = BatchFormats.openAi(spelling::of, account.profile().format());
    this.outputLife = account.wire().outputExpiresAfter();
    this.server = account.compatible();
    this.calls = new JsonCalls(transport, json, new OpenAiErrors(words, clock), words, timeouts);
  }

  @Override
  public BatchFormat format() {
    return format;
  }

  /**
   * A create is found by its input file or its metadata; without its file it makes a batch that
   * fails in validation (docs/providers A4b, A5). That new batches are listed at once is not
   * promised anywhere: two minutes are ours.
   */
  @Override
  public CreateRecovery recovery() {
    return new CreateRecovery(true, server.deletes(), SearchKey.MARKER, SETTLING);
  }

  @Override
  public Answer<InputFile> upload(String fileName, Payload payload) {
    StreamedBody body =
        new StreamedBody(new MultipartUpload(fileName, server.purpose(), payload), timeouts);
    HttpRequest request = requests.post("/files", MultipartUpload.CONTENT_TYPE, body);
    return calls.call("upload", request, Effect.LEAVES_SOMETHING, this::file);
  }

  @Override
  public Answer<InputFile> file(String fileId) {
    HttpRequest request = requests.get("/files/" + PathSegment.of(fileId));
    return calls.call("get_file", request, Effect.NONE, file -> AskedFor.file(fileId, file(file)));
  }

  @Override
  public Answer<List<InputFile>> findFiles(String fileName) {
    return files(fileName::equals);
  }

  /** A file that can't be found costs nothing, and its batch gets another. */
  private Answer<List<InputFile>> files(Predicate<String> wanted) {
    if (!server.lists()) {
      return Answer.ok(List.of());
    }
    return calls.pages(
        "find_files",
        after ->
            requests.get(
                "/files", query("purpose=" + server.purpose() + "&order=desc&limit=1000", after)),
        (page, found) -> {
          for (JsonNode file : data(page)) {
            if (wanted.test(file.path("filename").asText(""))) {
              found.add(file(file));
            }
          }
          return next(page);
        });
  }

  @Override
  public Answer<ProviderJob> create(CreateJob job) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("input_file_id", inputFile(job));
    body.put("endpoint", spelling.of(job.lane()));
    if (!server.completionWindow().equals(CompatibleConfig.NO_WINDOW)) {
      body.put("completion_window", server.completionWindow());
    }
    if (server.metadata()) {
      body.put("metadata", Map.of(MARKER, job.marker()));
    }
    if (outputLife != null) {
      body.put(
          "output_expires_after",
          Map.of("anchor", "created_at", "seconds", outputLife.toSeconds()));
    }
    return calls.call(
        "create",
        requests.post("/batches", calls.bytes(body)),
        Effect.LEAVES_SOMETHING,
        this::read);
  }

  @Override
  public Answer<List<ProviderJob>> findJobs(CreateJob job) {
    if (!server.lists()) {
      return Answer.failed(
          new ProviderError.Rejected(
              "no_list",
              "this server lists no batches (compatible.lists), so that nobody can tell whether the"
                  + " create took effect; it is never made again"));
    }
    String inputFile = inputFile(job);
    Instant oldest = job.attemptedAt().minus(SKEW);
    return calls.pages(
        "find_jobs",
        after -> requests.get("/batches", query("limit=100", after)),
        (page, found) -> {
          boolean allOlder = true;
          for (JsonNode batch : data(page)) {
            ProviderJob seen = read(batch);
            allOlder &= seen.createdAt().isBefore(oldest);
            boolean marked = batch.path("metadata").path(MARKER).asText("").equals(job.marker());
            if (marked || inputFile.equals(seen.inputFileId())) {
              found.add(seen);
            }
          }
          return allOlder ? "" : next(page);
        });
  }

  @Override
  public Answer<List<Leftover>> leftoverFiles(String prefix) {
    return files(name -> name.startsWith(prefix))
        .map(found -> found.stream().map(Leftover::of).toList());
  }

  /** All pages: jobs of other installations may stand between ours. */
  @Override
  public Answer<List<Leftover>> leftoverJobs(String prefix) {
    if (!server.lists() || !server.metadata()) {
      return Answer.ok(List.of());
    }
    return calls.pages(
        "find_jobs",
        after -> requests.get("/batches", query("limit=100", after)),
        (page, found) -> {
          for (JsonNode batch : data(page)) {
            ProviderJob seen = read(batch);
            String marker = batch.path("metadata").path(MARKER).asText("");
            if (marker.startsWith(prefix) && !seen.phase().isFinal()) {
              found.add(Leftover.of(seen, marker));
            }
          }
          return next(page);
        });
  }

  @Override
  public Answer<ProviderJob> get(String jobId) {
    HttpRequest request = requests.get("/batches/" + PathSegment.of(jobId));
    return calls.call("get", request, Effect.NONE, batch -> AskedFor.job(jobId, read(batch)));
  }

  @Override
  public Answer<ProviderJob> cancel(String jobId) {
    HttpRequest request = requests.post("/batches/" + PathSegment.of(jobId) + "/cancel");
    return calls.call("cancel", request, Effect.NONE, batch -> AskedFor.job(jobId, read(batch)));
  }

  @Override
  public List<ResultSource> results(ProviderJob job) {
    List<ResultSource> sources = new ArrayList<>();
    if (job.outputFileId() != null) {
      sources.add(new ResultSource(job.outputFileId(), ResultSource.Kind.OUTPUT_FILE));
    }
    if (job.errorFileId() != null) {
      sources.add(new ResultSource(job.errorFileId(), ResultSource.Kind.ERROR_FILE));
    }
    return sources;
  }

  @Override
  public Answer<ResultStream> open(ResultSource source) {
    return calls.open(
        "download",
        requests.download("/files/" + PathSegment.of(source.id()) + "/content"),
        new JsonLineParser(OpenAiLine::new));
  }

  @Override
  public Answer<Boolean> delete(String fileId) {
    if (!server.deletes()) {
      return Answer.failed(
          new ProviderError.Rejected(
              "no_deletes", "this server deletes no files (compatible.deletes)"));
    }
    HttpRequest request = requests.delete("/files/" + PathSegment.of(fileId));
    return JsonCalls.orGone(
        calls.call("delete", request, Effect.NONE, answer -> answer.path("deleted").asBoolean()),
        true);
  }

  private ProviderJob read(JsonNode batch) {
    return OpenAiJobs.read(
        batch.path("job").isObject() ? batch.path("job") : batch, clock.instant());
  }

  private static String inputFile(CreateJob job) {
    return Objects.requireNonNull(job.inputFileId(), "a job at OpenAI needs an uploaded file");
  }

  private InputFile file(JsonNode file) {
    return OpenAiFiles.read(file, clock.instant());
  }

  private static JsonNode data(JsonNode list) {
    JsonNode data = list.isArray() ? list : list.path("data");
    if (!data.isArray()) {
      throw new IllegalArgumentException("a list without data");
    }
    return data;
  }

  /** The cursor after that page: the id of its last entry. */
  private static String next(JsonNode list) {
    JsonNode data = list.path("data");
    boolean more = list.path("has_more").asBoolean() && !data.isEmpty();
    return more ? data.path(data.size() - 1).path("id").asText("") : "";
  }

  private static String query(String fixed, String after) {
    return after.isEmpty() ? fixed : fixed + "&after=" + PathSegment.of(after);
  }
}
