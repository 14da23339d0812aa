package dev.offpeak.simulator.openai;

import dev.offpeak.simulator.http.CallGate;
import dev.offpeak.simulator.http.Reply;
import dev.offpeak.simulator.job.JobBoard;
import dev.offpeak.simulator.openai.batch.BatchOrder;
import dev.offpeak.simulator.openai.batch.BatchesApi;
import dev.offpeak.simulator.openai.files.FilesApi;
import dev.offpeak.simulator.openai.request.Endpoint;
import dev.offpeak.simulator.openai.rules.AzureRules;
import dev.offpeak.simulator.openai.rules.OpenAiRules;
import dev.offpeak.simulator.openai.run.OpenAiJobRules;
import dev.offpeak.simulator.openai.run.OpenAiLineWork;
import dev.offpeak.simulator.openai.webhook.BatchEvents;
import dev.offpeak.simulator.openai.webhook.EndpointsApi;
import dev.offpeak.simulator.openai.wire.OpenAiErrors;
import dev.offpeak.simulator.openai.wire.OpenAiFront;
import dev.offpeak.simulator.provider.StandIn;
import dev.offpeak.simulator.provider.Surroundings;
import dev.offpeak.simulator.run.Jobs;
import dev.offpeak.simulator.run.LiveCalls;
import dev.offpeak.simulator.run.WorkFiles;
import dev.offpeak.simulator.store.FileStore;
import dev.offpeak.simulator.store.JsonFolder;
import dev.offpeak.simulator.time.SimClock;
import dev.offpeak.simulator.webhook.Courier;
import dev.offpeak.simulator.webhook.EndpointBoard;
import io.helidon.webserver.http.HttpRules;
import java.io.IOException;
import java.nio.file.Path;

/** The stand-in for OpenAI, wired. */
public final class OpenAiSimulator implements StandIn {
  private final FileStore files;
  private final Jobs<BatchOrder> jobs;
  private final AzureRules azure;
  private final OpenAiFront front;
  private final FilesApi filesApi;
  private final BatchesApi batchesApi;
  private final SyncApi syncApi;
  private final ModelsApi modelsApi;
  private final Courier courier;
  private final EndpointsApi endpointsApi;

  /**
   * Opens what an earlier process left in the folder.
   *
   * @param folder for files, batches and their work files
   */
  public OpenAiSimulator(Path folder, Surroundings with, OpenAiRules rules) throws IOException {
    SimClock clock = with.clock();
    files = new FileStore(folder.resolve("files"), clock);
    JobBoard<BatchOrder> board = JobBoard.open(folder, BatchOrder.class, clock);
    WorkFiles work = new WorkFiles(folder.resolve("work"));
    jobs =
        new Jobs<>(
            board,
            work,
            new OpenAiJobRules(board, files, work, rules),
            new OpenAiLineWork(rules, clock),
            with.workshop());
    azure = rules.azure();
    front = new OpenAiFront(with.keys(), with.ids(), azure.on());
    filesApi = new FilesApi(files, with.ids(), rules, clock);
    batchesApi = new BatchesApi(board, jobs, filesApi, with.ids(), rules, clock);
    EndpointBoard endpoints =
        new EndpointBoard(
            new JsonFolder<>(
                folder.resolve("webhooks"), dev.offpeak.simulator.webhook.Endpoint.class),
            with.ids());
    courier = new Courier(endpoints, clock, with.real());
    endpointsApi = new EndpointsApi(endpoints, courier, with.ids(), clock);
    board.onEnd(new BatchEvents(courier, clock)::ended);
    modelsApi = new ModelsApi(rules.limits());
    syncApi = new SyncApi(new LiveCalls(OpenAiFront.NAME, with.workshop()), rules.limits(), clock);
  }

  @Override
  public void resume() throws IOException {
    courier.start();
    jobs.resume();
  }

  @Override
  public void close() {
    courier.close();
  }

  @Override
  public long filesLeft() {
    return files.count();
  }

  @Override
  public void route(HttpRules rules, CallGate gate) {
    String v1 = azure.root();
    rules.post(v1 + "/files", gate.guard(front, "upload_file", filesApi::upload));
    rules.get(v1 + "/files", gate.guard(front, "list_files", filesApi::list));
    rules.get(v1 + "/files/{id}", gate.guard(front, "get_file", filesApi::get));
    rules.delete(v1 + "/files/{id}", gate.guard(front, "delete_file", filesApi::delete));
    rules.get(v1 + "/files/{id}/content", gate.guard(front, "download_file", filesApi::content));
    rules.post(v1 + "/batches", gate.guard(front, "create_batch", batchesApi::create));
    rules.get(v1 + "/batches", gate.guard(front, "list_batches", batchesApi::list));
    rules.get(v1 + "/batches/{id}", gate.guard(front, "get_batch", batchesApi::get));
    rules.post(v1 + "/batches/{id}/cancel", gate.guard(front, "cancel_batch", batchesApi::cancel));
    rules.get(v1 + "/models", gate.guard(front, "list_models", exchange -> modelsApi.list()));
    rules.get(v1 + "/models/{model}", gate.guard(front, "get_model", modelsApi::get));
    routeWebhooks(rules, gate);
    for (Endpoint endpoint : Endpoint.values()) {
      rules.post(
          azure.on() ? v1 + azure.spelled(endpoint.path()) : endpoint.path(),
          gate.guard(front, "sync", exchange -> syncApi.answer(endpoint, exchange)));
      if (azure.on()) {
        rules.post(
            v1 + "/deployments/{deployment}" + azure.spelled(endpoint.path()),
            gate.guard(front, "sync", exchange -> syncApi.answer(endpoint, exchange)));
      }
    }
    rules.any(v1 + "/*", gate.guard(front, "unknown", exchange -> unknown(exchange.url())));
  }

  private void routeWebhooks(HttpRules rules, CallGate gate) {
    String all = azure.root() + "/webhook_endpoints";
    String one = all + "/{id}";
    rules.post(all, gate.guard(front, "create_webhook", endpointsApi::create));
    rules.get(all, gate.guard(front, "list_webhooks", endpointsApi::list));
    rules.get(one, gate.guard(front, "get_webhook", endpointsApi::get));
    rules.post(one, gate.guard(front, "update_webhook", endpointsApi::update));
    rules.delete(one, gate.guard(front, "delete_webhook", endpointsApi::delete));
    rules.post(one + "/rotate_secret", gate.guard(front, "rotate_webhook", endpointsApi::rotate));
    rules.post(one + "/test", gate.guard(front, "test_webhook", endpointsApi::test));
  }

  private static Reply unknown(String url) {
    throw OpenAiErrors.notFound("Invalid URL (" + url + ")", null);
  }
}
