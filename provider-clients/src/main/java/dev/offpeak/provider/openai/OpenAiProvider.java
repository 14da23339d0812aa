package dev.offpeak.provider.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.offpeak.core.lane.Provider;
import dev.offpeak.provider.Answer;
import dev.offpeak.provider.BatchFormat;
import dev.offpeak.provider.BatchProvider;
import dev.offpeak.provider.CreateJob;
import dev.offpeak.provider.InputFile;
import dev.offpeak.provider.LostCreate;
import dev.offpeak.provider.Payload;
import dev.offpeak.provider.ProviderJob;
import dev.offpeak.provider.ResultSource;
import dev.offpeak.provider.ResultStream;
import dev.offpeak.provider.account.Account;
import dev.offpeak.provider.format.BatchFormats;
import dev.offpeak.provider.http.Effect;
import dev.offpeak.provider.http.StreamedBody;
import dev.offpeak.provider.http.Timeouts;
import dev.offpeak.provider.http.Transport;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** {@link BatchProvider} for OpenAI, and for servers that speak its files and batches API. */
public final class OpenAiProvider implements BatchProvider {

  /** Key in a batch's metadata that holds our marker. */
  static final String MARKER = "offpeak_batch";

  /** How far OpenAI's clock may stand behind ours. */
  private static final Duration SKEW = Duration.ofMinutes(5);

  private static final Duration SETTLING = Duration.ofMinutes(2);

  private final OpenAiRequests requests;
  private final OpenAiCalls calls;
  private final Timeouts timeouts;
  private final ObjectMapper json = new ObjectMapper();

  /**
   * The batch API as that account sees it.
   *
   * @throws IllegalStateException when the account has no key
   */
  public OpenAiProvider(Account account, Transport transport, Timeouts timeouts, Clock clock) {
    this.requests = new OpenAiRequests(account);
    this.timeouts = timeouts;
    this.calls =
        new OpenAiCalls(
            transport, json, new OpenAiErrors(json, clock, account.requireKey()), timeouts);
  }

  @Override
  public Provider provider() {
    return Provider.OPENAI;
  }

  @Override
  public BatchFormat format() {
    return BatchFormats.of(Provider.OPENAI);
  }

  @Override
  public boolean uploadsFirst() {
    return true;
  }

  /**
   * A create is found by its input file or its metadata; without its file it makes a batch that
   * fails in validation (PROVIDERS.md A4b, A5). That new batches are listed at once is not promised
   * anywhere: two minutes are ours.
   */
  @Override
  public LostCreate lostCreate() {
    return new LostCreate(LostCreate.Recognition.BY_MARKER, true, SETTLING);
  }

  @Override
  public Answer<InputFile> upload(String fileName, Payload payload) {
    StreamedBody body = new StreamedBody(new MultipartUpload(fileName, payload), timeouts.idle());
    HttpRequest request = requests.post("/files", MultipartUpload.CONTENT_TYPE, body);
    return calls.call("upload", request, Effect.LEAVES_SOMETHING, OpenAiProvider::file);
  }

  @Override
  public Answer<List<InputFile>> findFiles(String fileName) {
    List<InputFile> found = new ArrayList<>();
    return calls.pages(
        "find_files",
        after -> requests.get("/files?purpose=batch&order=desc&limit=1000" + after),
        page -> {
          for (JsonNode file : page) {
            if (file.path("filename").asText("").equals(fileName)) {
              found.add(file(file));
            }
          }
          return false;
        },
        found);
  }

  @Override
  public Answer<ProviderJob> create(CreateJob job) {
    HttpRequest request =
        requests.post(
            "/batches",
            bytes(
                Map.ofEntries(
                    Map.entry("input_file_id", inputFile(job)),
                    Map.entry("endpoint", job.lane().endpoint()),
                    Map.entry("completion_window", "24h"),
                    Map.entry("metadata", Map.of(MARKER, job.marker())))));
    return calls.call("create", request, Effect.LEAVES_SOMETHING, OpenAiJobs::read);
  }

  @Override
  public Answer<List<ProviderJob>> findJobs(CreateJob job) {
    String inputFile = inputFile(job);
    Instant oldest = job.attemptedAt().minus(SKEW);
    List<ProviderJob> found = new ArrayList<>();
    return calls.pages(
        "find_jobs",
        after -> requests.get("/batches?limit=100" + after),
        page -> {
          boolean allOlder = true;
          for (JsonNode batch : page) {
            ProviderJob seen = OpenAiJobs.read(batch);
            allOlder &= seen.createdAt().isBefore(oldest);
            boolean marked = batch.path("metadata").path(MARKER).asText("").equals(job.marker());
            if (marked || inputFile.equals(seen.inputFileId())) {
              found.add(seen);
            }
          }
          return allOlder;
        },
        found);
  }

  @Override
  public Answer<ProviderJob> get(String jobId) {
    HttpRequest request = requests.get("/batches/" + OpenAiRequests.segment(jobId));
    return calls.call("get", request, Effect.NONE, OpenAiJobs::read);
  }

  @Override
  public Answer<ProviderJob> cancel(String jobId) {
    HttpRequest request = requests.post("/batches/" + OpenAiRequests.segment(jobId) + "/cancel");
    return calls.call("cancel", request, Effect.NONE, OpenAiJobs::read);
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
        requests.download("/files/" + OpenAiRequests.segment(source.id()) + "/content"),
        new OpenAiLineParser());
  }

  @Override
  public Answer<Boolean> delete(String fileId) {
    HttpRequest request = requests.delete("/files/" + OpenAiRequests.segment(fileId));
    return calls.orGone(
        calls.call("delete", request, Effect.NONE, answer -> answer.path("deleted").asBoolean()),
        true);
  }

  private static String inputFile(CreateJob job) {
    return Objects.requireNonNull(job.inputFileId(), "a job at OpenAI needs an uploaded file");
  }

  private static InputFile file(JsonNode file) {
    String id = OpenAiJobs.text(file, "id");
    if (id == null) {
      throw new IllegalArgumentException("a file without id");
    }
    return new InputFile(
        id,
        file.path("filename").asText(""),
        file.path("bytes").asLong(),
        Instant.ofEpochSecond(file.path("created_at").asLong()));
  }

  private byte[] bytes(Map<String, Object> body) {
    try {
      return json.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of strings is always JSON", e);
    }
  }
}
