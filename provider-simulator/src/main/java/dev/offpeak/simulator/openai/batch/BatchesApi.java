package dev.offpeak.simulator.openai.batch;

import dev.offpeak.simulator.http.Exchange;
import dev.offpeak.simulator.http.Json;
import dev.offpeak.simulator.http.RateWindow;
import dev.offpeak.simulator.http.Refusal;
import dev.offpeak.simulator.http.Reply;
import dev.offpeak.simulator.job.JobScheduler;
import dev.offpeak.simulator.job.JobTask;
import dev.offpeak.simulator.openai.rules.OpenAiLimits;
import dev.offpeak.simulator.openai.wire.OpenAiErrors;
import dev.offpeak.simulator.openai.wire.OpenAiErrors.ErrorBody;
import dev.offpeak.simulator.openai.wire.Page;
import dev.offpeak.simulator.store.Ids;
import dev.offpeak.simulator.time.SimClock;
import java.io.IOException;
import java.time.Duration;

/** {@code /v1/batches}. */
public final class BatchesApi {
  private static final int USUAL_LIST = 20;
  private static final int MAX_LIST = 100;
  private static final int MAX_BODY_BYTES = 1 << 20;

  private final BatchBoard board;
  private final JobScheduler scheduler;
  private final JobTask life;
  private final Ids ids;
  private final OpenAiLimits limits;
  private final SimClock clock;
  private final RateWindow creates;

  /** Serves the batches of a board; new ones are handed to the scheduler. */
  public BatchesApi(
      BatchBoard board,
      JobScheduler scheduler,
      JobTask life,
      Ids ids,
      OpenAiLimits limits,
      SimClock clock) {
    this.board = board;
    this.scheduler = scheduler;
    this.life = life;
    this.ids = ids;
    this.limits = limits;
    this.clock = clock;
    this.creates = new RateWindow(limits.createsPerHour(), Duration.ofHours(1).toMillis());
  }

  /** {@code POST /v1/batches}. */
  public Reply create(Exchange exchange) throws IOException {
    Reply tooLarge =
        OpenAiErrors.reply(
            413,
            new ErrorBody("The request is too large.", OpenAiErrors.INVALID_REQUEST, null, null));
    BatchOrder order = OrderReader.read(exchange.body(MAX_BODY_BYTES, tooLarge), exchange.script());
    long wait = creates.take(exchange.owner(), clock.millis());
    if (wait > 0) {
      throw OpenAiErrors.rateLimited("batch creations", limits.createsPerHour(), wait);
    }
    BatchJob job =
        board.create(ids.next("batch_"), exchange.owner(), order, limits.windowSeconds());
    scheduler.add(job.id(), life);
    return reply(job);
  }

  /** {@code GET /v1/batches}. */
  public Reply list(Exchange exchange) {
    int limit = Page.limit(exchange, USUAL_LIST, MAX_LIST);
    Page<BatchJob> page = Page.of(board.list(exchange.owner()), BatchJob::id, exchange, limit);
    return Reply.json(200, Json.bytes(json -> page.write(json, BatchJson::write)));
  }

  /** {@code GET /v1/batches/{id}}. */
  public Reply get(Exchange exchange) {
    return reply(find(exchange));
  }

  /** {@code POST /v1/batches/{id}/cancel}. */
  public Reply cancel(Exchange exchange) {
    BatchJob found = find(exchange);
    BatchJob job =
        board.update(
            found.id(),
            newest ->
                newest.status().terminal() || newest.status() == BatchStatus.CANCELLING
                    ? newest
                    : newest.to(BatchStatus.CANCELLING, clock.millis()));
    if (job.status().terminal()) {
      String message = "Cannot cancel a batch with status '" + job.status().wire() + "'.";
      throw new Refusal(
          OpenAiErrors.reply(
              limits.cancelEndedStatus(),
              new ErrorBody(message, OpenAiErrors.INVALID_REQUEST, null, null)));
    }
    scheduler.wake(job.id());
    return reply(job);
  }

  private BatchJob find(Exchange exchange) {
    String id = exchange.path("id");
    return board
        .find(exchange.owner(), id)
        .orElseThrow(
            () -> OpenAiErrors.notFound("No batch found with id '" + id + "'.", "batch_id"));
  }

  private static Reply reply(BatchJob job) {
    return Reply.json(200, Json.bytes(json -> BatchJson.write(json, job)));
  }
}
