package dev.offpeak.simulator.anthropic;

import dev.offpeak.simulator.anthropic.batch.BatchOrder;
import dev.offpeak.simulator.anthropic.batch.BatchesApi;
import dev.offpeak.simulator.anthropic.rules.AnthropicLimits;
import dev.offpeak.simulator.anthropic.rules.AnthropicRules;
import dev.offpeak.simulator.anthropic.run.AnthropicJobRules;
import dev.offpeak.simulator.anthropic.run.AnthropicLineWork;
import dev.offpeak.simulator.anthropic.wire.AnthropicErrors;
import dev.offpeak.simulator.anthropic.wire.AnthropicFront;
import dev.offpeak.simulator.http.CallGate;
import dev.offpeak.simulator.http.Exchange;
import dev.offpeak.simulator.http.RateWindow;
import dev.offpeak.simulator.http.Reply;
import dev.offpeak.simulator.job.JobBoard;
import dev.offpeak.simulator.provider.StandIn;
import dev.offpeak.simulator.provider.Surroundings;
import dev.offpeak.simulator.run.Jobs;
import dev.offpeak.simulator.run.LiveCalls;
import dev.offpeak.simulator.run.WorkFiles;
import dev.offpeak.simulator.store.FileStore;
import dev.offpeak.simulator.time.SimClock;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** The stand-in for Anthropic, wired. */
public final class AnthropicSimulator implements StandIn {
  private static final String BATCHES = "/v1/messages/batches";

  private final Jobs<BatchOrder> jobs;
  private final AnthropicFront front;
  private final BatchesApi batchesApi;
  private final MessagesApi messagesApi;
  private final ModelsApi modelsApi;
  private final RateWindow rate;
  private final AnthropicLimits limits;
  private final SimClock clock;

  /**
   * Opens what an earlier process left in the folder.
   *
   * @param folder for batches, their work files and their results
   */
  public AnthropicSimulator(Path folder, Surroundings with, AnthropicRules rules)
      throws IOException {
    clock = with.clock();
    limits = rules.limits();
    rate = new RateWindow(limits.requestsPerMinute(), Duration.ofMinutes(1).toMillis());
    FileStore results = new FileStore(folder.resolve("results"), clock);
    JobBoard<BatchOrder> board = JobBoard.open(folder, BatchOrder.class, clock);
    WorkFiles work = new WorkFiles(folder.resolve("work"));
    jobs =
        new Jobs<>(
            board,
            work,
            new AnthropicJobRules(results, work, rules, clock),
            new AnthropicLineWork(rules),
            with.workshop());
    front = new AnthropicFront(with.keys(), with.ids(), limits.versions());
    batchesApi = new BatchesApi(board, jobs, work, results, with.ids(), rules, clock);
    modelsApi = new ModelsApi(limits);
    messagesApi =
        new MessagesApi(new LiveCalls(AnthropicFront.NAME, with.workshop()), limits, with.ids());
  }

  @Override
  public void resume() throws IOException {
    jobs.resume();
  }

  @Override
  public long filesLeft() {
    return 0;
  }

  @Override
  public void route(HttpRules rules, CallGate gate) {
    rules.post(BATCHES, batchCall(gate, "create_batch", batchesApi::create));
    rules.get(BATCHES, batchCall(gate, "list_batches", batchesApi::list));
    rules.get(BATCHES + "/{id}", batchCall(gate, "get_batch", batchesApi::get));
    rules.delete(BATCHES + "/{id}", batchCall(gate, "delete_batch", batchesApi::delete));
    rules.post(BATCHES + "/{id}/cancel", batchCall(gate, "cancel_batch", batchesApi::cancel));
    rules.get(BATCHES + "/{id}/results", batchCall(gate, "download_file", batchesApi::results));
    rules.post("/v1/messages", gate.guard(front, "sync", messagesApi::answer));
    rules.post("/v1/messages/count_tokens", gate.guard(front, "sync", messagesApi::count));
    rules.get("/v1/models", ifMeant(gate.guard(front, "list_models", modelsApi::list)));
    rules.get("/v1/models/{model}", ifMeant(gate.guard(front, "get_model", modelsApi::get)));
    rules.any("/v1/messages/*", gate.guard(front, "unknown", AnthropicSimulator::unknown));
  }

  /** The paths of models are those of all three. */
  private static Handler ifMeant(Handler handler) {
    return (request, response) -> {
      if (AnthropicFront.isMeant(request)) {
        handler.handle(request, response);
      } else {
        response.next();
      }
    };
  }

  private Handler batchCall(CallGate gate, String name, CallGate.Answerer answerer) {
    return gate.guard(
        front,
        name,
        exchange -> {
          checkRate(exchange);
          return answerer.answer(exchange);
        });
  }

  private void checkRate(Exchange exchange) {
    long wait = rate.take(exchange.owner(), clock.millis());
    if (wait > 0) {
      throw AnthropicErrors.rateLimited(
          "This request would exceed your organization's rate limit of %,d batch requests per minute."
              .formatted(limits.requestsPerMinute()),
          wait);
    }
  }

  private static Reply unknown(Exchange exchange) {
    throw AnthropicErrors.notFound("Not found: " + exchange.url());
  }
}
