package dev.offpeak.simulator.gemini.batch;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.simulator.gemini.answer.Kind;
import dev.offpeak.simulator.gemini.batch.CreateReader.Create;
import dev.offpeak.simulator.gemini.rules.GeminiRules;
import dev.offpeak.simulator.gemini.wire.GeminiErrors;
import dev.offpeak.simulator.gemini.wire.Paging;
import dev.offpeak.simulator.gemini.wire.RpcCode;
import dev.offpeak.simulator.http.Exchange;
import dev.offpeak.simulator.http.Reply;
import dev.offpeak.simulator.job.Job;
import dev.offpeak.simulator.job.JobBoard;
import dev.offpeak.simulator.job.JobContents;
import dev.offpeak.simulator.job.JobResults;
import dev.offpeak.simulator.json.Json;
import dev.offpeak.simulator.line.BodyIntake;
import dev.offpeak.simulator.line.LineReader;
import dev.offpeak.simulator.run.Jobs;
import dev.offpeak.simulator.run.WorkFiles;
import dev.offpeak.simulator.store.FileStore;
import dev.offpeak.simulator.store.Ids;
import dev.offpeak.simulator.store.StoredFile;
import dev.offpeak.simulator.time.SimClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /v1beta/batches}, and the methods of a model that create one. */
public final class BatchesApi {
  private static final Paging PAGING = new Paging("operations", 50, 100);
  private static final int ID_LENGTH = 36;
  private static final String CANCEL = ":cancel";

  private final JobBoard<BatchOrder> board;
  private final Jobs<BatchOrder> jobs;
  private final WorkFiles work;
  private final FileStore inlineResults;
  private final CreateCheck createCheck;
  private final Ids ids;
  private final GeminiRules rules;
  private final SimClock clock;
  private final OperationJson operations;

  /**
   * Serves the batches of a board; new ones are started.
   *
   * @param files where input files are
   * @param inlineResults where the results of inline requests are
   */
  public BatchesApi(
      JobBoard<BatchOrder> board,
      Jobs<BatchOrder> jobs,
      WorkFiles work,
      FileStore files,
      FileStore inlineResults,
      Ids ids,
      GeminiRules rules,
      SimClock clock) {
    this.board = board;
    this.jobs = jobs;
    this.work = work;
    this.inlineResults = inlineResults;
    this.createCheck = new CreateCheck(board, files, rules, clock);
    this.ids = ids;
    this.rules = rules;
    this.clock = clock;
    this.operations = new OperationJson(rules.quirks().statePrefix());
  }

  /** {@code POST /v1beta/models/{model}:batchGenerateContent} and its sister for embeddings. */
  public Reply create(Exchange exchange, Kind kind, String model) throws IOException {
    try (BodyIntake intake = work.intake()) {
      Create create = CreateReader.read(exchange.stream(), intake, kind, model, rules);
      String id = ids.lower(ID_LENGTH);
      Job<BatchOrder> job;
      synchronized (board) {
        long tokens = createCheck.check(exchange.owner(), create.order(), intake);
        if (create.order().inline()) {
          work.takeInput(id, intake);
        }
        job =
            board.create(
                id,
                exchange.owner(),
                create.order(),
                exchange.script(),
                new JobContents(model, create.requests(), tokens),
                rules.limits().windowSeconds());
      }
      jobs.start(job);
      return Reply.json(200, Json.bytes(json -> operations.write(json, job, BatchesApi::none)));
    }
  }

  private static void none(JsonGenerator json) throws IOException {
    json.writeStartArray();
    json.writeEndArray();
  }

  /** {@code GET /v1beta/batches}: without the results of inline requests. */
  public Reply list(Exchange exchange) {
    List<Job<BatchOrder>> kept = board.list(exchange.owner()).stream().filter(this::kept).toList();
    return PAGING.reply(
        kept, Job::id, exchange, (json, job) -> operations.write(json, job, BatchesApi::none));
  }

  /** {@code GET /v1beta/batches/{id}}. */
  public Reply get(Exchange exchange) {
    Job<BatchOrder> job = find(exchange, exchange.path("id"));
    Optional<StoredFile> results = inlineResults(job);
    if (results.isEmpty()) {
      return Reply.json(200, Json.bytes(json -> operations.write(json, job, BatchesApi::none)));
    }
    return new Reply(
        200,
        "application/json",
        Map.of(),
        (Reply.Body.Streamed)
            out -> {
              try (JsonGenerator json = Json.FACTORY.createGenerator(out)) {
                operations.write(json, job, array -> copy(results.get(), array));
              }
            });
  }

  private Optional<StoredFile> inlineResults(Job<BatchOrder> job) {
    JobResults results = job.results();
    return results == null || results.output() == null || !job.order().inline()
        ? Optional.empty()
        : inlineResults.find(job.owner(), results.output());
  }

  /** Writes stored result lines as the items of an array. */
  private void copy(StoredFile results, JsonGenerator json) throws IOException {
    json.writeStartArray();
    try (InputStream in = Files.newInputStream(inlineResults.content(results.id()))) {
      LineReader lines = new LineReader(in, Integer.MAX_VALUE);
      while (lines.advance()) {
        json.writeRawValue(
            new String(lines.buffer(), lines.start(), lines.length(), StandardCharsets.UTF_8));
      }
    }
    json.writeEndArray();
  }

  /** {@code POST /v1beta/batches/{id}:cancel}. */
  public Reply cancel(Exchange exchange) {
    String path = exchange.path("id");
    if (!path.endsWith(CANCEL)) {
      throw GeminiErrors.refuse(RpcCode.NOT_FOUND, "Not found: " + exchange.url());
    }
    Job<BatchOrder> job = find(exchange, path.substring(0, path.length() - CANCEL.length()));
    int ended = rules.quirks().cancelEndedStatus();
    if (jobs.cancel(job.id()).state().terminal() && ended >= 400) {
      throw GeminiErrors.refusal(ended, "The batch has ended.");
    }
    return Reply.emptyObject();
  }

  /** {@code DELETE /v1beta/batches/{id}}: it is no longer shown, but goes on running. */
  public Reply delete(Exchange exchange) {
    board.update(find(exchange, exchange.path("id")).id(), Job::asDeleted);
    return Reply.emptyObject();
  }

  private Job<BatchOrder> find(Exchange exchange, String id) {
    return board
        .find(exchange.owner(), id)
        .filter(this::kept)
        .orElseThrow(
            () -> GeminiErrors.refuse(RpcCode.NOT_FOUND, "Requested entity was not found."));
  }

  private boolean kept(Job<BatchOrder> job) {
    return clock.millis() < job.createdAt() + rules.limits().batchLifeSeconds() * 1000;
  }
}
