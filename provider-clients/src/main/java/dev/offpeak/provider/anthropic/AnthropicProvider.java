package dev.offpeak.provider.anthropic;

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
import dev.offpeak.provider.account.Timeouts;
import dev.offpeak.provider.call.AnswerJson;
import dev.offpeak.provider.call.AskedFor;
import dev.offpeak.provider.call.ErrorWords;
import dev.offpeak.provider.call.JsonCalls;
import dev.offpeak.provider.call.JsonText;
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
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@link BatchProvider} for Anthropic. The payload is the create's own body; there are no files,
 * and nothing to mark a batch with.
 */
public final class AnthropicProvider implements BatchProvider {

  /** How far Anthropic's clock may stand behind ours. */
  private static final Duration SKEW = Duration.ofMinutes(5);

  /** A batch was found only minutes after its create (anthropic-sdk-python#1432). */
  private static final Duration SETTLING = Duration.ofMinutes(10);

  private final AnthropicRequests requests;
  private final JsonCalls calls;
  private final Timeouts timeouts;
  private final Clock clock;
  private final DoubtfulGone doubt;

  /**
   * The batch API as that account sees it.
   *
   * @throws IllegalStateException when the account has no key
   */
  public AnthropicProvider(Account account, Transport transport, Timeouts timeouts, Clock clock) {
    ObjectMapper json = AnswerJson.mapper();
    ErrorWords words = new ErrorWords(json, account.requireKey());
    this.requests = new AnthropicRequests(account);
    this.timeouts = timeouts;
    this.clock = clock;
    this.calls = new JsonCalls(transport, json, new AnthropicErrors(words, clock), words, timeouts);
    this.doubt = new DoubtfulGone(clock, SETTLING);
  }

  @Override
  public BatchFormat format() {
    return BatchFormats.ANTHROPIC;
  }

  /** There are no files: results go with their batch. */
  @Override
  public boolean keepsResultsInJobs() {
    return true;
  }

  /** docs/providers B5: no name, no metadata, no file. */
  @Override
  public CreateRecovery recovery() {
    return new CreateRecovery(false, false, SearchKey.TIME_AND_COUNT, SETTLING);
  }

  @Override
  public Answer<InputFile> upload(String fileName, Payload payload) {
    return Answer.failed(
        new ProviderError.Rejected(
            "no_files", "batches of Anthropic have no input file; the create takes the payload"));
  }

  @Override
  public Answer<List<InputFile>> findFiles(String fileName) {
    return Answer.ok(List.of());
  }

  @Override
  public Answer<ProviderJob> create(CreateJob job) {
    Payload payload =
        Objects.requireNonNull(job.payload(), "a create at Anthropic needs its payload");
    HttpRequest request =
        requests.create(new StreamedBody(payload, timeouts), job.lane().edition());
    return calls.call("create", request, Effect.LEAVES_SOMETHING, this::read);
  }

  /** Batches made since then with as many requests: candidates, no more. */
  @Override
  public Answer<List<ProviderJob>> findJobs(CreateJob job) {
    Instant oldest = job.attemptedAt().minus(SKEW);
    return calls.pages(
        "find_jobs",
        after -> requests.get("?limit=1000" + (after.isEmpty() ? "" : "&after_id=" + after)),
        (page, found) -> {
          boolean allOlder = true;
          for (JsonNode batch : data(page)) {
            ProviderJob seen = read(batch);
            boolean isOlder = seen.createdAt().isBefore(oldest);
            allOlder &= isOlder;
            if (!isOlder && seen.total() == job.requests()) {
              found.add(seen);
            }
          }
          return allOlder ? "" : next(page);
        });
  }

  @Override
  public Answer<List<Leftover>> leftoverFiles(String prefix) {
    return Answer.ok(List.of());
  }

  @Override
  public Answer<List<Leftover>> leftoverJobs(String prefix) {
    return Answer.ok(List.of());
  }

  @Override
  public Answer<ProviderJob> get(String jobId) {
    HttpRequest request = requests.get(path(jobId));
    return doubt.judge(
        jobId, calls.call("get", request, Effect.NONE, batch -> AskedFor.job(jobId, read(batch))));
  }

  @Override
  public Answer<ProviderJob> cancel(String jobId) {
    HttpRequest request = requests.post(path(jobId) + "/cancel");
    return doubt.judge(
        jobId,
        calls.call("cancel", request, Effect.NONE, batch -> AskedFor.job(jobId, read(batch))));
  }

  /** A batch can't fail as a whole: one that did was given up, and has no results to wait for. */
  @Override
  public List<ResultSource> results(ProviderJob job) {
    return job.phase().isFinal() && job.phase() != ProviderJob.Phase.FAILED
        ? List.of(new ResultSource(job.id(), ResultSource.Kind.JOB))
        : List.of();
  }

  /**
   * Where results stand only the batch says. Results that are not found may only not be there yet;
   * archived ones never come back.
   */
  @Override
  public Answer<ResultStream> open(ResultSource source) {
    String path = path(source.id());
    Answer<Results> place =
        calls.call(
            "get", requests.get(path), Effect.NONE, batch -> Results.read(source.id(), batch));
    return switch (place) {
      case Answer.Failed<Results>(ProviderError error) ->
          doubt.judge(path + "/results", Answer.failed(error));
      case Answer.Ok<Results>(Results(boolean archived, _)) when archived ->
          Answer.failed(
              new ProviderError.Gone(
                  "results_archived",
                  "batch " + source.id() + " is archived, its results are gone"));
      case Answer.Ok<Results>(Results(_, @Nullable String url)) ->
          doubt.judge(
              path + "/results",
              calls.open(
                  "download",
                  requests.results(url, path + "/results"),
                  new JsonLineParser(AnthropicLine::new)));
    };
  }

  /** Where a batch's results are: the path is not to be guessed (docs/providers B1). */
  private record Results(boolean archived, @Nullable String url) {

    static Results read(String id, JsonNode batch) {
      AskedFor.require(id, JsonText.find(batch, "id", ""));
      return new Results(AnthropicJobs.isArchived(batch), JsonText.find(batch, "results_url"));
    }
  }

  @Override
  public Answer<Boolean> delete(String jobId) {
    return JsonCalls.orGone(
        calls.call("delete", requests.delete(path(jobId)), Effect.NONE, answer -> true), true);
  }

  private ProviderJob read(JsonNode batch) {
    return AnthropicJobs.read(batch, clock.instant());
  }

  private static String path(String jobId) {
    return "/" + PathSegment.of(jobId);
  }

  private static JsonNode data(JsonNode list) {
    JsonNode data = list.path("data");
    if (!data.isArray()) {
      throw new IllegalArgumentException("a list without data");
    }
    return data;
  }

  private static String next(JsonNode list) {
    return list.path("has_more").asBoolean()
        ? PathSegment.of(JsonText.find(list, "last_id", ""))
        : "";
  }
}
