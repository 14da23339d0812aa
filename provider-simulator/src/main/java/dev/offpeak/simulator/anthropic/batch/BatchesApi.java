package dev.offpeak.simulator.anthropic.batch;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.simulator.anthropic.rules.AnthropicLimits;
import dev.offpeak.simulator.anthropic.rules.AnthropicQuirks;
import dev.offpeak.simulator.anthropic.rules.AnthropicRules;
import dev.offpeak.simulator.anthropic.wire.AnthropicErrors;
import dev.offpeak.simulator.anthropic.wire.AnthropicFront;
import dev.offpeak.simulator.http.Exchange;
import dev.offpeak.simulator.http.Reply;
import dev.offpeak.simulator.job.Job;
import dev.offpeak.simulator.job.JobBoard;
import dev.offpeak.simulator.job.JobContents;
import dev.offpeak.simulator.job.JobResults;
import dev.offpeak.simulator.json.Json;
import dev.offpeak.simulator.line.BodyIntake;
import dev.offpeak.simulator.provider.Page;
import dev.offpeak.simulator.run.Jobs;
import dev.offpeak.simulator.run.WorkFiles;
import dev.offpeak.simulator.store.FileStore;
import dev.offpeak.simulator.store.Ids;
import dev.offpeak.simulator.store.StoredFile;
import dev.offpeak.simulator.time.SimClock;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** {@code /v1/messages/batches}. */
public final class BatchesApi {
  private static final String USUAL_LIST = "20";
  private static final int MAX_LIST = 1000;
  private static final String LONG_OUTPUT = "output-300k";

  private final JobBoard<BatchOrder> board;
  private final Jobs<BatchOrder> jobs;
  private final WorkFiles work;
  private final FileStore results;
  private final Ids ids;
  private final AnthropicLimits limits;
  private final AnthropicQuirks quirks;
  private final SimClock clock;

  /** Serves the batches of a board; new ones are started. */
  public BatchesApi(
      JobBoard<BatchOrder> board,
      Jobs<BatchOrder> jobs,
      WorkFiles work,
      FileStore results,
      Ids ids,
      AnthropicRules rules,
      SimClock clock) {
    this.board = board;
    this.jobs = jobs;
    this.work = work;
    this.results = results;
    this.ids = ids;
    this.limits = rules.limits();
    this.quirks = rules.quirks();
    this.clock = clock;
  }

  /** {@code POST /v1/messages/batches}. */
  public Reply create(Exchange exchange) throws IOException {
    try (BodyIntake intake = work.intake()) {
      int requests = CreateReader.read(exchange.stream(), intake, limits);
      String id = ids.next("msgbatch_01");
      boolean longOutput =
          exchange.header("anthropic-beta").filter(b -> b.contains(LONG_OUTPUT)).isPresent();
      Job<BatchOrder> job;
      synchronized (board) {
        checkQueue(exchange.owner(), requests);
        work.takeInput(id, intake);
        job =
            board.create(
                id,
                exchange.owner(),
                new BatchOrder(longOutput, AnthropicFront.refusesSampling(exchange)),
                exchange.script(),
                new JobContents("", requests, 0),
                limits.windowSeconds());
      }
      jobs.start(job);
      return reply(job, exchange);
    }
  }

  private void checkQueue(String owner, int more) {
    long queued =
        board
            .unfinished(owner)
            .mapToLong(job -> job.contents().requests() - job.progress().executed())
            .sum();
    if (limits.queuedRequests() > 0 && queued + more > limits.queuedRequests()) {
      throw AnthropicErrors.rateLimited(
          "This request would exceed your organization's limit of %,d batch requests in the processing queue (%,d are queued)."
              .formatted(limits.queuedRequests(), queued),
          limits.queueRetryAfterSeconds() * 1000L);
    }
  }

  /** {@code GET /v1/messages/batches}. */
  public Reply list(Exchange exchange) {
    String text = exchange.query("limit").orElse(USUAL_LIST);
    int limit = Page.limit(text, MAX_LIST);
    if (limit == 0) {
      throw AnthropicErrors.refuse("limit: Input should be from 1 to " + MAX_LIST);
    }
    List<Job<BatchOrder>> all = board.list(exchange.owner());
    Optional<String> after = exchange.query("after_id");
    Optional<String> before = exchange.query("before_id");
    if (after.isPresent() && before.isPresent()) {
      throw AnthropicErrors.refuse("after_id and before_id exclude each other");
    }
    Page<Job<BatchOrder>> page =
        before.isPresent()
            ? Page.before(all, Job::id, place(all, before.get()), limit)
            : Page.from(all, Job::id, after.isEmpty() ? 0 : place(all, after.get()) + 1, limit);
    return Reply.json(
        200,
        Json.bytes(
            json -> {
              json.writeStartObject();
              page.writeFields(json, (out, job) -> write(out, job, exchange));
              json.writeEndObject();
            }));
  }

  private static int place(List<Job<BatchOrder>> all, String id) {
    int place = Page.place(all, Job::id, id);
    if (place < 0) {
      throw AnthropicErrors.refuse("There is no message batch '" + id + "' to list from");
    }
    return place;
  }

  /** {@code GET /v1/messages/batches/{id}}. */
  public Reply get(Exchange exchange) {
    return reply(find(exchange), exchange);
  }

  /** {@code POST /v1/messages/batches/{id}/cancel}. */
  public Reply cancel(Exchange exchange) {
    Job<BatchOrder> job = jobs.cancel(find(exchange).id());
    if (job.state().terminal()) {
      throw AnthropicErrors.refusal(
          limits.cancelEndedStatus(),
          "Batch %s cannot be canceled because it has already ended.".formatted(job.id()));
    }
    return reply(job, exchange);
  }

  /** {@code DELETE /v1/messages/batches/{id}}. */
  public Reply delete(Exchange exchange) throws IOException {
    Job<BatchOrder> job = find(exchange);
    if (!job.state().terminal()) {
      throw AnthropicErrors.refusal(
          limits.deleteRunningStatus(),
          "Batch %s cannot be deleted while it is %s. Cancel it first."
              .formatted(job.id(), BatchJson.status(job)));
    }
    board.update(job.id(), Job::asDeleted);
    Optional<StoredFile> stored = stored(job);
    if (stored.isPresent()) {
      results.delete(stored.get());
    }
    return Reply.json(
        200,
        Json.bytes(
            json -> {
              json.writeStartObject();
              json.writeStringField("id", job.id());
              json.writeStringField("type", "message_batch_deleted");
              json.writeEndObject();
            }));
  }

  /** {@code GET /v1/messages/batches/{id}/results}. */
  public Reply results(Exchange exchange) {
    Job<BatchOrder> job = find(exchange);
    StoredFile stored =
        stored(job)
            .orElseThrow(
                () ->
                    AnthropicErrors.notFound(
                        "Batch %s has no available results (it is %s)."
                            .formatted(job.id(), BatchJson.status(job))));
    return Reply.file("application/x-jsonl", results.content(stored.id()), stored.bytes());
  }

  private Optional<StoredFile> stored(Job<BatchOrder> job) {
    JobResults ready = job.results();
    return ready == null || ready.output() == null
        ? Optional.empty()
        : results.find(job.owner(), ready.output());
  }

  private Job<BatchOrder> find(Exchange exchange) {
    String id = exchange.path("id");
    return board
        .find(exchange.owner(), id)
        .filter(job -> clock.millis() >= job.createdAt() + quirks.hiddenAfterCreateMs())
        .orElseThrow(() -> AnthropicErrors.notFound("Message batch with ID " + id + " not found."));
  }

  private Reply reply(Job<BatchOrder> job, Exchange exchange) {
    return Reply.json(200, Json.bytes(json -> write(json, job, exchange)));
  }

  private void write(JsonGenerator json, Job<BatchOrder> job, Exchange exchange)
      throws IOException {
    BatchJson.write(
        json,
        job,
        job.createdAt() + limits.resultsLifeSeconds() * 1000,
        clock.millis(),
        exchange.root() + "/v1/messages/batches/" + job.id() + "/results");
  }
}
