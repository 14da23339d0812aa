package dev.offpeak.standalone.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.offpeak.core.lane.LineShape;
import dev.offpeak.core.lane.Provider;
import dev.offpeak.core.limits.ProviderLimits;
import dev.offpeak.core.price.CachedInBatch;
import dev.offpeak.core.price.ReportedUsage;
import dev.offpeak.core.price.TokenUsage;
import dev.offpeak.core.provider.CreateRecovery;
import dev.offpeak.core.provider.CreateRecovery.SearchKey;
import dev.offpeak.core.provider.InputFile;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.core.provider.ProviderJob;
import dev.offpeak.core.quota.QuotaUnit;
import dev.offpeak.provider.Answer;
import dev.offpeak.provider.BatchFormat;
import dev.offpeak.provider.BatchProvider;
import dev.offpeak.provider.CreateJob;
import dev.offpeak.provider.Leftover;
import dev.offpeak.provider.Payload;
import dev.offpeak.provider.ResultLine;
import dev.offpeak.provider.ResultSource;
import dev.offpeak.provider.ResultStream;
import dev.offpeak.provider.SyncAnswer;
import dev.offpeak.provider.SyncProvider;
import dev.offpeak.provider.account.Account;
import dev.offpeak.provider.account.AccountConfig;
import dev.offpeak.provider.account.AuthHeader;
import dev.offpeak.provider.account.CallHeaders;
import dev.offpeak.provider.account.Connection;
import dev.offpeak.provider.account.ProviderProfile;
import dev.offpeak.provider.format.BatchFormats;
import dev.offpeak.provider.live.LiveShape;
import dev.offpeak.provider.live.LiveShape.Last;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A provider that nobody has: its batches are the bodies of their creates and end at once, and it
 * answers each request with its own body. All of it is this class.
 */
final class ToyProfile implements ProviderProfile {

  static final Provider TOY = Provider.of("toy");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TokenUsage USAGE = new TokenUsage(3, 0, 0, 4, 0);

  private final Map<String, byte[]> jobs = new ConcurrentHashMap<>();

  @Override
  public Provider provider() {
    return TOY;
  }

  @Override
  public LineShape shape() {
    return LineShape.OPENAI;
  }

  @Override
  public List<String> endpoints(AccountConfig account) {
    return List.of("/v7/echo");
  }

  @Override
  public ProviderLimits limits(AccountConfig account) {
    return new ProviderLimits(2, 10_000, 1_000, 10, 100_000, 10, 100, 1_000, Duration.ofHours(1));
  }

  @Override
  public QuotaUnit quotaUnit() {
    return QuotaUnit.REQUESTS;
  }

  @Override
  public CachedInBatch cachedInBatch(String model) {
    return CachedInBatch.AS_INPUT;
  }

  @Override
  public String baseUrl() {
    return "https://toy.example";
  }

  @Override
  public String keyVariable() {
    return "TOY_KEY";
  }

  @Override
  public CallHeaders calls() {
    return new CallHeaders(AuthHeader.BEARER, "toy-key", null, "toy-project", false);
  }

  @Override
  public LiveShape live() {
    return new LiveShape("", "model", "usage", _ -> ReportedUsage.MISSING, Last.AT_THE_END);
  }

  @Override
  public BatchFormat format() {
    return BatchFormats.OPENAI;
  }

  @Override
  public BatchProvider batches(Account account, Connection connection) {
    return new Batches(connection.clock().instant());
  }

  @Override
  public SyncProvider sync(Account account, Connection connection) {
    return call -> new SyncAnswer.TurnedDown("toy", "a toy is never in a hurry", null);
  }

  /** What an account sees of it. */
  private final class Batches implements BatchProvider {

    private final Instant since;

    Batches(Instant since) {
      this.since = since;
    }

    @Override
    public BatchFormat format() {
      return ToyProfile.this.format();
    }

    @Override
    public boolean keepsResultsInJobs() {
      return true;
    }

    @Override
    public CreateRecovery recovery() {
      return new CreateRecovery(false, false, SearchKey.MARKER, Duration.ofSeconds(1));
    }

    @Override
    public Answer<ProviderJob> create(CreateJob job) {
      Payload payload = Objects.requireNonNull(job.payload(), "nothing is uploaded before");
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      try {
        payload.writeTo(body);
      } catch (IOException e) {
        return Answer.failed(new ProviderError.PayloadUnreadable("toy", e.toString()));
      }
      jobs.put(job.marker(), body.toByteArray());
      return get(job.marker());
    }

    @Override
    public Answer<List<ProviderJob>> findJobs(CreateJob job) {
      return jobs.containsKey(job.marker())
          ? Answer.ok(List.of(seen(job.marker())))
          : Answer.ok(List.of());
    }

    @Override
    public Answer<ProviderJob> get(String jobId) {
      return jobs.containsKey(jobId)
          ? Answer.ok(seen(jobId))
          : Answer.failed(new ProviderError.Gone("toy", "no such batch"));
    }

    @Override
    public Answer<ProviderJob> cancel(String jobId) {
      return get(jobId);
    }

    private ProviderJob seen(String jobId) {
      int requests = lines(jobId).size();
      return new ProviderJob(
          jobId,
          ProviderJob.Phase.COMPLETED,
          "done",
          since,
          null,
          requests,
          requests,
          0,
          null,
          null,
          null,
          null);
    }

    private List<String> lines(String jobId) {
      byte[] body = Objects.requireNonNull(jobs.get(jobId), "of a job that is there");
      return Arrays.asList(new String(body, UTF_8).split("\n"));
    }

    @Override
    public List<ResultSource> results(ProviderJob job) {
      return List.of(new ResultSource(job.id(), ResultSource.Kind.JOB));
    }

    @Override
    public Answer<ResultStream> open(ResultSource source) {
      return Answer.ok(
          new Answers(
              new ArrayDeque<>(lines(source.id()).stream().map(ToyProfile::answer).toList())));
    }

    @Override
    public Answer<Boolean> delete(String fileOrJobId) {
      jobs.remove(fileOrJobId);
      return Answer.ok(true);
    }

    @Override
    public Answer<InputFile> upload(String fileName, Payload payload) {
      throw new UnsupportedOperationException("nothing is uploaded before");
    }

    @Override
    public Answer<List<InputFile>> findFiles(String fileName) {
      return Answer.ok(List.of());
    }

    @Override
    public Answer<List<Leftover>> leftoverFiles(String prefix) {
      return Answer.ok(List.of());
    }

    @Override
    public Answer<List<Leftover>> leftoverJobs(String prefix) {
      return Answer.ok(List.of());
    }
  }

  private static ResultLine answer(String line) {
    try {
      JsonNode request = JSON.readTree(line);
      byte[] body = JSON.writeValueAsBytes(Map.of("echo", request.path("body")));
      return new ResultLine.Succeeded(
          request.path("custom_id").asText(), 200, null, "toy-1", body, USAGE);
    } catch (IOException e) {
      throw new UncheckedIOException(line, e);
    }
  }

  private record Answers(Queue<ResultLine> lines) implements ResultStream {

    @Override
    public @Nullable ResultLine next() {
      return lines.poll();
    }

    @Override
    public void close() {}
  }
}
