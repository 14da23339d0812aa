package dev.offpeak.simulator.gemini;

import dev.offpeak.simulator.gemini.answer.Kind;
import dev.offpeak.simulator.gemini.batch.BatchOrder;
import dev.offpeak.simulator.gemini.batch.BatchesApi;
import dev.offpeak.simulator.gemini.files.FilesApi;
import dev.offpeak.simulator.gemini.files.UploadApi;
import dev.offpeak.simulator.gemini.rules.GeminiRules;
import dev.offpeak.simulator.gemini.run.GeminiJobRules;
import dev.offpeak.simulator.gemini.run.GeminiLineWork;
import dev.offpeak.simulator.gemini.wire.GeminiErrors;
import dev.offpeak.simulator.gemini.wire.GeminiFront;
import dev.offpeak.simulator.gemini.wire.RpcCode;
import dev.offpeak.simulator.http.CallGate;
import dev.offpeak.simulator.http.Exchange;
import dev.offpeak.simulator.http.Reply;
import dev.offpeak.simulator.job.JobBoard;
import dev.offpeak.simulator.provider.StandIn;
import dev.offpeak.simulator.provider.Surroundings;
import dev.offpeak.simulator.run.Jobs;
import dev.offpeak.simulator.run.LiveCalls;
import dev.offpeak.simulator.run.WorkFiles;
import dev.offpeak.simulator.store.FileStore;
import dev.offpeak.simulator.time.SimClock;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** The stand-in for Gemini, wired. */
public final class GeminiSimulator implements StandIn {
  private static final HeaderName COMMAND = HeaderNames.create("x-goog-upload-command");

  private final FileStore files;
  private final Jobs<BatchOrder> jobs;
  private final GeminiFront front;
  private final UploadApi uploadApi;
  private final FilesApi filesApi;
  private final BatchesApi batchesApi;
  private final LiveApi liveApi;
  private final ModelsApi modelsApi;

  /**
   * Opens what an earlier process left in the folder.
   *
   * @param folder for files, batches, their work files and inline results
   */
  public GeminiSimulator(Path folder, Surroundings with, GeminiRules rules) throws IOException {
    SimClock clock = with.clock();
    files = new FileStore(folder.resolve("files"), clock);
    FileStore inlineResults = new FileStore(folder.resolve("results"), clock);
    JobBoard<BatchOrder> board = JobBoard.open(folder, BatchOrder.class, clock);
    WorkFiles work = new WorkFiles(folder.resolve("work"));
    jobs =
        new Jobs<>(
            board,
            work,
            new GeminiJobRules(files, inlineResults, work, with.workshop().ledger(), rules),
            new GeminiLineWork(rules),
            with.workshop());
    uploadApi = new UploadApi(files, with.ids(), rules, clock);
    front = new GeminiFront(with.keys(), rules.quirks(), uploadApi::owner);
    filesApi = new FilesApi(files, rules.quirks(), clock);
    batchesApi = new BatchesApi(board, jobs, work, files, inlineResults, with.ids(), rules, clock);
    modelsApi = new ModelsApi(rules.limits());
    liveApi = new LiveApi(new LiveCalls(GeminiFront.NAME, with.workshop()), rules);
  }

  @Override
  public void resume() throws IOException {
    jobs.resume();
  }

  @Override
  public long filesLeft() {
    return files.count();
  }

  @Override
  public void route(HttpRules rules, CallGate gate) {
    route(rules, gate, "/v1beta", handler -> handler);
    // The paths of v1, the default of google-genai 2, are OpenAI's as well.
    route(rules, gate, "/v1", GeminiSimulator::ifMeant);
  }

  private static Handler ifMeant(Handler handler) {
    return (request, response) -> {
      if (GeminiFront.isMeant(request)) {
        handler.handle(request, response);
      } else {
        response.next();
      }
    };
  }

  private void route(HttpRules rules, CallGate gate, String version, UnaryOperator<Handler> only) {
    Handler upload = only.apply(gate.guard(front, GeminiSimulator::uploadCall, uploadApi::call));
    rules.post("/upload" + version + "/files", upload);
    rules.put("/upload" + version + "/files", upload);
    String files = version + "/files";
    Handler download = gate.guard(front, "download_file", filesApi::download);
    rules.get("/download" + files + "/{id}", only.apply(download));
    rules.get(files, only.apply(gate.guard(front, "list_files", filesApi::list)));
    Handler file = gate.guard(front, GeminiSimulator::fileCall, this::file);
    rules.get(files + "/{id}", only.apply(file));
    rules.delete(files + "/{id}", only.apply(gate.guard(front, "delete_file", filesApi::delete)));
    String batches = version + "/batches";
    String batch = batches + "/{id}";
    rules.get(batches, only.apply(gate.guard(front, "list_batches", batchesApi::list)));
    rules.get(batch, only.apply(gate.guard(front, "get_batch", batchesApi::get)));
    rules.post(batch, only.apply(gate.guard(front, "cancel_batch", batchesApi::cancel)));
    rules.delete(batch, only.apply(gate.guard(front, "delete_batch", batchesApi::delete)));
    Handler model = gate.guard(front, GeminiSimulator::modelCall, this::model);
    rules.post(version + "/models/{call}", only.apply(model));
    Handler models = gate.guard(front, "list_models", modelsApi::list);
    rules.get(version + "/models", only.apply(models));
    Handler oneModel = gate.guard(front, "get_model", modelsApi::get);
    rules.get(version + "/models/{call}", only.apply(oneModel));
    Handler unknown = gate.guard(front, "unknown", GeminiSimulator::unknown);
    rules.any(version + "/*", only.apply(unknown));
  }

  private static String uploadCall(ServerRequest request) {
    return UploadApi.callName(request.headers().first(COMMAND).orElse(""));
  }

  private static boolean downloads(String id) {
    return id.endsWith(FilesApi.DOWNLOAD);
  }

  private static String fileCall(ServerRequest request) {
    return downloads(request.path().pathParameters().get("id")) ? "download_file" : "get_file";
  }

  private Reply file(Exchange exchange) {
    return downloads(exchange.path("id")) ? filesApi.download(exchange) : filesApi.get(exchange);
  }

  private static String modelCall(ServerRequest request) {
    String call = request.path().pathParameters().get("call");
    for (Kind kind : Kind.values()) {
      if (call.endsWith(":" + kind.createMethod())) {
        return "create_batch";
      }
    }
    return "sync";
  }

  private Reply model(Exchange exchange) throws IOException {
    String call = exchange.path("call");
    int colon = call.lastIndexOf(':');
    String model = call.substring(0, Math.max(0, colon));
    String method = call.substring(colon + 1);
    for (Kind kind : Kind.values()) {
      if (method.equals(kind.createMethod())) {
        return batchesApi.create(exchange, kind, model);
      }
    }
    for (LiveApi.Method live : LiveApi.Method.values()) {
      if (method.equals(live.path())) {
        return liveApi.answer(exchange, live, model);
      }
    }
    return unknown(exchange);
  }

  private static Reply unknown(Exchange exchange) {
    throw GeminiErrors.refuse(RpcCode.NOT_FOUND, "Not found: " + exchange.url());
  }
}
