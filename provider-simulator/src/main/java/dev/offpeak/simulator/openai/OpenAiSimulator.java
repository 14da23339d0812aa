package dev.offpeak.simulator.openai;

import dev.offpeak.simulator.http.AccessKeys;
import dev.offpeak.simulator.http.CallGate;
import dev.offpeak.simulator.http.Reply;
import dev.offpeak.simulator.job.JobScheduler;
import dev.offpeak.simulator.job.Pace;
import dev.offpeak.simulator.ledger.Ledger;
import dev.offpeak.simulator.openai.answer.AnswerPlan;
import dev.offpeak.simulator.openai.batch.BatchBoard;
import dev.offpeak.simulator.openai.batch.BatchJob;
import dev.offpeak.simulator.openai.batch.BatchesApi;
import dev.offpeak.simulator.openai.files.FilesApi;
import dev.offpeak.simulator.openai.request.Endpoint;
import dev.offpeak.simulator.openai.rules.OpenAiLimits;
import dev.offpeak.simulator.openai.rules.OpenAiRules;
import dev.offpeak.simulator.openai.run.BatchLife;
import dev.offpeak.simulator.openai.run.Execution;
import dev.offpeak.simulator.openai.run.Validation;
import dev.offpeak.simulator.openai.run.WorkFiles;
import dev.offpeak.simulator.openai.wire.OpenAiErrors;
import dev.offpeak.simulator.openai.wire.OpenAiFront;
import dev.offpeak.simulator.store.FileStore;
import dev.offpeak.simulator.store.Ids;
import dev.offpeak.simulator.time.SimClock;
import io.helidon.webserver.http.HttpRules;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The stand-in for OpenAI, wired. */
public final class OpenAiSimulator {
  private final BatchBoard board;
  private final WorkFiles work;
  private final BatchLife life;
  private final JobScheduler scheduler;
  private final OpenAiFront front;
  private final FilesApi filesApi;
  private final BatchesApi batchesApi;
  private final SyncApi syncApi;

  /** What all providers share. */
  public record Surroundings(
      SimClock clock,
      FileStore files,
      Ids ids,
      JobScheduler scheduler,
      Ledger ledger,
      AccessKeys keys,
      Pace pace,
      long seed,
      double failureRate) {}

  /**
   * Opens what an earlier run left in the folder.
   *
   * @param folder for batches and their work files
   */
  public OpenAiSimulator(Path folder, Surroundings with, OpenAiRules rules) throws IOException {
    SimClock clock = with.clock();
    OpenAiLimits limits = rules.limits();
    AnswerPlan plan = new AnswerPlan(with.seed(), with.failureRate(), limits);
    work = new WorkFiles(folder.resolve("work"));
    board = new BatchBoard(folder.resolve("batches"), clock);
    life =
        new BatchLife(
            board,
            with.files(),
            work,
            new Validation(with.files(), board, work, rules, clock),
            new Execution(work, with.ledger(), plan, rules, clock, with.seed()),
            rules,
            with.pace(),
            clock);
    scheduler = with.scheduler();
    front = new OpenAiFront(with.keys(), with.ids());
    filesApi = new FilesApi(with.files(), with.ids(), limits, clock);
    batchesApi = new BatchesApi(board, scheduler, life, with.ids(), limits, clock);
    syncApi = new SyncApi(plan, with.ledger(), clock);
  }

  /** Goes on with the batches of an earlier run. */
  public void resume() throws IOException {
    List<BatchJob> running = board.unsettled();
    work.keepOnly(running.stream().map(BatchJob::id).collect(Collectors.toSet()));
    for (BatchJob job : running) {
      life.restart(job);
      scheduler.add(job.id(), life);
    }
  }

  /** Adds OpenAI's paths. */
  public void route(HttpRules rules, CallGate gate) {
    rules.post("/v1/files", gate.guard(front, "upload_file", filesApi::upload));
    rules.get("/v1/files", gate.guard(front, "list_files", filesApi::list));
    rules.get("/v1/files/{id}", gate.guard(front, "get_file", filesApi::get));
    rules.delete("/v1/files/{id}", gate.guard(front, "delete_file", filesApi::delete));
    rules.get("/v1/files/{id}/content", gate.guard(front, "download_file", filesApi::content));
    rules.post("/v1/batches", gate.guard(front, "create_batch", batchesApi::create));
    rules.get("/v1/batches", gate.guard(front, "list_batches", batchesApi::list));
    rules.get("/v1/batches/{id}", gate.guard(front, "get_batch", batchesApi::get));
    rules.post("/v1/batches/{id}/cancel", gate.guard(front, "cancel_batch", batchesApi::cancel));
    for (Endpoint endpoint : Endpoint.values()) {
      rules.post(
          endpoint.path(),
          gate.guard(front, "sync", exchange -> syncApi.answer(endpoint, exchange)));
    }
    rules.any("/v1/*", gate.guard(front, "unknown", exchange -> unknown(exchange.url())));
  }

  private static Reply unknown(String url) {
    throw OpenAiErrors.notFound("Invalid URL (" + url + ")", null);
  }
}
