package dev.offpeak.simulator.openai.batch;

import dev.offpeak.simulator.http.Exchange;
import dev.offpeak.simulator.http.RateWindow;
import dev.offpeak.simulator.http.Refusal;
import dev.offpeak.simulator.http.Reply;
import dev.offpeak.simulator.job.Job;
import dev.offpeak.simulator.job.JobBoard;
import dev.offpeak.simulator.job.JobContents;
import dev.offpeak.simulator.json.Json;
import dev.offpeak.simulator.openai.files.FilesApi;
import dev.offpeak.simulator.openai.rules.OpenAiLimits;
import dev.offpeak.simulator.openai.rules.OpenAiRules;
import dev.offpeak.simulator.openai.wire.Listing;
import dev.offpeak.simulator.openai.wire.OpenAiErrors;
import dev.offpeak.simulator.openai.wire.OpenAiErrors.ErrorBody;
import dev.offpeak.simulator.run.Jobs;
import dev.offpeak.simulator.store.Ids;
import dev.offpeak.simulator.time.SimClock;
import java.io.IOException;
import java.time.Duration;

/** {@code /v1/batches}. */
public final class BatchesApi {
  private static final int USUAL_LIST = 20;
  private static final int MAX_LIST = 100;
  private static final int MAX_BODY_BYTES = 1 << 20;

  private final JobBoard<BatchOrder> board;
  private final Jobs<BatchOrder> jobs;
  private final Ids ids;
  private final OpenAiLimits limits;
  private final OpenAiRules rules;
  private final FilesApi files;
  private final SimClock clock;
  private final RateWindow creates;

  /** Serves the batches of a board; new ones are started. */
  public BatchesApi(
      JobBoard<BatchOrder> board,
      Jobs<BatchOrder> jobs,
      FilesApi files,
      Ids ids,
      OpenAiRules rules,
      SimClock clock) {
    this.board = board;
    this.jobs = jobs;
    this.ids = ids;
    this.files = files;
    this.limits = rules.limits();
    this.rules = rules;
    this.clock = clock;
    this.creates = new RateWindow(rules.limits().createsPerHour(), Duration.ofHours(1).toMillis());
  }

  /** {@code POST /v1/batches}. */
  public Reply create(Exchange exchange) throws IOException {
    Reply tooLarge =
        OpenAiErrors.reply(
            413,
            new ErrorBody("The request is too large.", OpenAiErrors.INVALID_REQUEST, null, null));
    BatchOrder order = OrderReader.read(exchange.body(MAX_BODY_BYTES, tooLarge), rules);
    if (files.isPending(exchange.owner(), order.inputFileId())) {
      throw OpenAiErrors.refuse(
          "The file " + order.inputFileId() + " is not processed yet.", "input_file_id", null);
    }
    long wait = creates.take(exchange.owner(), clock.millis());
    if (wait > 0) {
      throw OpenAiErrors.rateLimited("batch creations", limits.createsPerHour(), wait);
    }
    Job<BatchOrder> job =
        board.create(
            ids.next("batch_"),
            exchange.owner(),
            order,
            exchange.script(),
            JobContents.UNKNOWN,
            limits.windowSeconds());
    jobs.start(job);
    return reply(job);
  }

  /** {@code GET /v1/batches}. */
  public Reply list(Exchange exchange) {
    int limit = Listing.limit(exchange, USUAL_LIST, MAX_LIST);
    return Listing.reply(board.list(exchange.owner()), Job::id, exchange, limit, BatchJson::write);
  }

  /** {@code GET /v1/batches/{id}}. */
  public Reply get(Exchange exchange) {
    return reply(find(exchange));
  }

  /** {@code POST /v1/batches/{id}/cancel}. */
  public Reply cancel(Exchange exchange) {
    Job<BatchOrder> job = jobs.cancel(find(exchange).id());
    if (job.state().terminal()) {
      String message = "Cannot cancel a batch with status '" + BatchStatus.of(job.state()) + "'.";
      throw new Refusal(
          OpenAiErrors.reply(
              limits.cancelEndedStatus(),
              new ErrorBody(message, OpenAiErrors.INVALID_REQUEST, null, null)));
    }
    return reply(job);
  }

  private Job<BatchOrder> find(Exchange exchange) {
    String id = exchange.path("id");
    return board
        .find(exchange.owner(), id)
        .orElseThrow(
            () -> OpenAiErrors.notFound("No batch found with id '" + id + "'.", "batch_id"));
  }

  private static Reply reply(Job<BatchOrder> job) {
    return Reply.json(200, Json.bytes(json -> BatchJson.write(json, job)));
  }
}
