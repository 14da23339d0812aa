package dev.offpeak.ingest.proxy;

import dev.offpeak.ingest.budget.Purse;
import dev.offpeak.ingest.config.ProxyConfig;
import dev.offpeak.ingest.deferred.DeferredCalls;
import dev.offpeak.ingest.http.Bodies;
import dev.offpeak.ingest.http.Dialect;
import dev.offpeak.ingest.http.Entrance;
import dev.offpeak.ingest.http.Turns;
import dev.offpeak.ingest.metering.Metering;
import dev.offpeak.provider.account.AccountConfig;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Which calls go through to a provider. */
public final class ProxyRoutes implements Consumer<HttpRouting.Builder> {

  /** As users spell OpenAI's base URL, and as Azure's newer one is spelled. */
  public static final List<String> OPENAI_BASES = List.of("/v1", "", "/openai/v1");

  private static final List<String> OPENAI =
      List.of("/chat/completions", "/responses", "/embeddings", "/completions", "/moderations");

  private static final List<String> AZURE =
      List.of("/chat/completions", "/completions", "/embeddings");

  private static final List<String> ANTHROPIC =
      List.of("/v1/messages", "/v1/messages/count_tokens");

  private static final String USUAL_MODERATION = "omni-moderation-latest";

  private final Proxy proxy;

  private ProxyRoutes(Proxy proxy) {
    this.proxy = proxy;
  }

  /**
   * The calls that these accounts make.
   *
   * @param keys that there are
   * @param deferred takes calls that can wait; null when none can
   * @param metering books calls; null when nobody does
   * @param purse pays for calls; null when nobody counts
   */
  public static ProxyRoutes create(
      Map<String, AccountConfig> accounts,
      ProxyConfig config,
      Entrance entrance,
      int keys,
      Bodies bodies,
      HttpClient client,
      @Nullable DeferredCalls deferred,
      @Nullable Metering metering,
      @Nullable Purse purse) {
    return new ProxyRoutes(
        new Proxy(
            entrance,
            bodies,
            new Destinations(accounts),
            new Upstream(client, config.answerTimeout()),
            new Relay(config.idle()),
            new Turns(config.concurrent(), config.perKey(), Math.max(1, keys)),
            deferred,
            metering,
            purse));
  }

  @Override
  public void accept(HttpRouting.Builder routing) {
    for (String path : OPENAI) {
      String otherwise = path.equals("/moderations") ? USUAL_MODERATION : null;
      Call call = new Call(Dialect.OPENAI, path, null, otherwise);
      for (String base : OPENAI_BASES) {
        routing.post(base + path, (request, response) -> proxy.post(call, request, response));
      }
    }
    for (String path : AZURE) {
      routing.post(
          "/openai/deployments/{model}" + path,
          (request, response) -> proxy.post(ofDeployment(path, request), request, response));
    }
    for (String path : ANTHROPIC) {
      Call call = Call.ofBody(Dialect.ANTHROPIC, path);
      routing.post(path, (request, response) -> proxy.post(call, request, response));
    }
    for (String version : List.of("/v1beta", "/v1")) {
      for (String collection : List.of("/models/*", "/tunedModels/*")) {
        routing.post(version + collection, this::gemini);
      }
    }
    for (String base : OPENAI_BASES) {
      routing.get(base + "/models", proxy::models);
      routing.get(base + "/models/{model}", proxy::models);
    }
    routing.get("/v1beta/models", proxy::models);
    routing.get("/v1beta/models/{model}", proxy::models);
  }

  private static Call ofDeployment(String path, ServerRequest request) {
    return new Call(Dialect.OPENAI, path, request.path().pathParameters().get("model"), null);
  }

  private void gemini(ServerRequest request, ServerResponse response) throws Exception {
    Optional<Call> call = GeminiPath.of(request.path().absolute().rawPath());
    if (call.isPresent()) {
      proxy.post(call.get(), request, response);
    } else {
      response.next();
    }
  }
}
