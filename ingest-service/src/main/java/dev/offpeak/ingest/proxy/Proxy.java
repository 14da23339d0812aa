package dev.offpeak.ingest.proxy;

import dev.offpeak.ingest.auth.Caller;
import dev.offpeak.ingest.auth.Spender;
import dev.offpeak.ingest.budget.Purse;
import dev.offpeak.ingest.budget.Purse.Payment;
import dev.offpeak.ingest.deferred.DeferredCalls;
import dev.offpeak.ingest.http.ApiError;
import dev.offpeak.ingest.http.ApiException;
import dev.offpeak.ingest.http.Bodies;
import dev.offpeak.ingest.http.Dialect;
import dev.offpeak.ingest.http.Entrance;
import dev.offpeak.ingest.http.RecordStamp;
import dev.offpeak.ingest.http.Turns;
import dev.offpeak.ingest.limits.KeyRates;
import dev.offpeak.ingest.limits.KeyRates.Admission;
import dev.offpeak.ingest.limits.RateHeaders;
import dev.offpeak.ingest.metering.LiveCall;
import dev.offpeak.ingest.metering.Metering;
import dev.offpeak.ingest.metering.Tap;
import dev.offpeak.ingest.metering.Way;
import dev.offpeak.provider.account.Account;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands calls through: who may, to which account, and what comes back. */
public final class Proxy {

  private static final Logger LOGGER = LoggerFactory.getLogger(Proxy.class);
  private static final Duration TURN = Duration.ofSeconds(1);
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  /** Says why a call was made at once. */
  private static final HeaderName REASON = HeaderNames.create("x-offpeak-reason");

  private final Entrance entrance;
  private final Bodies bodies;
  private final Destinations destinations;
  private final Upstream upstream;
  private final Relay relay;
  private final Turns turns;
  private final KeyRates rates = new KeyRates(System::nanoTime);
  private final @Nullable DeferredCalls deferred;
  private final @Nullable Metering metering;
  private final @Nullable Purse purse;

  Proxy(
      Entrance entrance,
      Bodies bodies,
      Destinations destinations,
      Upstream upstream,
      Relay relay,
      Turns turns,
      @Nullable DeferredCalls deferred,
      @Nullable Metering metering,
      @Nullable Purse purse) {
    this.entrance = entrance;
    this.bodies = bodies;
    this.destinations = destinations;
    this.upstream = upstream;
    this.relay = relay;
    this.turns = turns;
    this.deferred = deferred;
    this.metering = metering;
    this.purse = purse;
  }

  /** A call with a body. */
  void post(Call call, ServerRequest request, ServerResponse response) throws InterruptedException {
    Caller caller = entrance.admit(request);
    inTurn(
        caller,
        () -> {
          byte[] body = bodies.read(request);
          BodyFacts facts = facts(body);
          Call meant = withModel(call, facts);
          requireAllowed(caller, String.valueOf(meant.model()));
          Admission.Admitted admitted = ask(caller, body.length);
          try {
            RateHeaders.tell(admitted, response);
            make(meant, facts, body, caller, admitted, request, response);
          } finally {
            admitted.ended();
          }
        });
  }

  private void make(
      Call call,
      BodyFacts facts,
      byte[] body,
      Caller caller,
      Admission.Admitted admitted,
      ServerRequest request,
      ServerResponse response)
      throws InterruptedException {
    String model = String.valueOf(call.model());
    Spender spender = spender(caller, request);
    boolean keyDefers = caller.terms().defers(call.endpoint(), model, spender);
    Way way = Waits.of(call, request.headers(), facts, keyDefers);
    if (way.reason() == null) {
      defer(call, body, caller, request, response);
      return;
    }
    Account account = destinations.of(call.dialect(), model, caller, request);
    LiveCall live = new LiveCall(spender, account, call.endpoint(), model, way.reason());
    response.header(REASON, way.reason().id());
    if (!call.isMetered()) {
      pass(account, call, request, response, body, _ -> Tap.NONE);
      return;
    }
    try (Payment payment = pay(caller, live, body)) {
      try {
        pass(
            account, call, request, response, body, answer -> tap(live, answer, admitted, payment));
      } catch (ApiException e) {
        if (e.mayBeBilled()) {
          payment.settle(null);
        }
        throw e;
      }
    }
  }

  private Payment pay(Caller caller, LiveCall live, byte[] body) throws InterruptedException {
    return purse == null || metering == null
        ? Payment.NONE
        : purse.pay(
            caller, live.spender(), live.model(), body, metering.price(live, "").orElse(null));
  }

  /** Four bytes are a token, more or less, until it is known. */
  private Admission.Admitted ask(Caller caller, int bytes) {
    return switch (rates.ask(caller.name(), caller.terms().limits(), bytes / 4)) {
      case Admission.Admitted admitted -> admitted;
      case Admission.Refused refused -> throw RateHeaders.refusal(caller.name(), refused);
    };
  }

  /** As for a model that is not there: what others may call is nobody's business. */
  private static void requireAllowed(Caller caller, String model) {
    if (!caller.terms().allows(model)) {
      throw new ApiException(
          new ApiError(
              404,
              "model_not_found",
              "the model '" + model + "' is none that the key '" + caller.name() + "' may call",
              "model"));
    }
  }

  private void defer(
      Call call, byte[] body, Caller caller, ServerRequest request, ServerResponse response)
      throws InterruptedException {
    if (deferred == null) {
      throw new ApiException(
          new ApiError(
              400,
              "unsupported_parameter",
              "calls can't wait here: this gateway has no schema registry (registry)",
              "service_tier"));
    }
    deferred.take(
        "/v1" + call.path(), String.valueOf(call.model()), body, caller, request, response);
  }

  /** The models of the first account that the caller may use, as its provider lists them. */
  void models(ServerRequest request, ServerResponse response) throws InterruptedException {
    Caller caller = entrance.admit(request);
    Dialect dialect = Dialect.of(request);
    String path = request.path().absolute().rawPath();
    String models = path.substring(path.indexOf("/models"));
    String base =
        switch (dialect) {
          case OPENAI -> "";
          case ANTHROPIC -> "/v1";
          case GEMINI -> "/v1beta";
        };
    Account account = destinations.first(dialect, caller);
    inTurn(
        caller,
        () ->
            pass(
                account,
                Call.ofBody(dialect, base + models),
                request,
                response,
                null,
                _ -> Tap.NONE));
  }

  private void inTurn(Caller caller, Work work) throws InterruptedException {
    if (!turns.take(caller.name(), TURN)) {
      throw new ApiException(
          new ApiError(
              429,
              "too_many_calls",
              "as many calls are under way as may be at the same time (proxy.concurrent,"
                  + " proxy.per-key): make this one again in a moment"));
    }
    try {
      work.run();
    } finally {
      turns.giveBack(caller.name());
    }
  }

  private static BodyFacts facts(byte[] body) {
    try {
      return BodyFacts.of(body);
    } catch (IOException e) {
      throw new ApiException(
          new ApiError(
              400, "invalid_json", "the body can't be read as a JSON object: " + firstLine(e)));
    }
  }

  private static Call withModel(Call call, BodyFacts facts) {
    String named = call.model() == null ? facts.model() : call.model();
    String model = named == null ? call.otherwise() : named;
    if (model == null) {
      throw new ApiException(
          new ApiError(
              400,
              "missing_required_parameter",
              "the body names no model, by which the account is chosen",
              "model"));
    }
    return new Call(call.dialect(), call.path(), model, null);
  }

  private static String firstLine(IOException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private void pass(
      Account account,
      Call call,
      ServerRequest request,
      ServerResponse response,
      byte @Nullable [] body,
      Function<HttpResponse<?>, Tap> listener)
      throws InterruptedException {
    HttpResponse<InputStream> answer =
        upstream.send(
            account,
            call,
            request.prologue().method().text(),
            query(request),
            request.headers(),
            body);
    if (answer.statusCode() == UNAUTHORIZED || answer.statusCode() == FORBIDDEN) {
      throw refused(account, answer);
    }
    response.header(HeaderNames.create("x-offpeak-account"), account.name());
    response.header(Waits.MODE, "sync");
    try {
      relay.hand(answer, call.dialect(), response, listener.apply(answer));
    } catch (ClientGone e) {
      LOGGER
          .atDebug()
          .setCause(e)
          .addKeyValue("account", account.name())
          .log("a client went away and its call was ended");
      throw new CloseConnectionException("the client went away", e);
    }
  }

  /** Refusals cost nothing. */
  private Tap tap(
      LiveCall live, HttpResponse<?> answer, Admission.Admitted admitted, Payment payment) {
    boolean isAnswered = answer.statusCode() >= 200 && answer.statusCode() < 300;
    return metering == null || !isAnswered
        ? Tap.NONE
        : metering.listen(
            live,
            Relay.isEventStream(answer),
            (tokens, cost) -> {
              payment.settle(cost);
              if (tokens != null) {
                admitted.used(tokens);
              }
            });
  }

  private static Spender spender(Caller caller, ServerRequest request) {
    return RecordStamp.spender(name -> request.headers().first(HeaderNames.create(name)), caller);
  }

  /** It is our key that is refused, and not the client's. */
  private static ApiException refused(Account account, HttpResponse<InputStream> answer) {
    LOGGER
        .atWarn()
        .addKeyValue("account", account.name())
        .addKeyValue("status", answer.statusCode())
        .log("a provider refuses the account of a call");
    try {
      answer.body().close();
    } catch (IOException e) {
      LOGGER.atDebug().setCause(e).log("a refusal was not read");
    }
    return new ApiException(
        new ApiError(
            502,
            ApiError.UPSTREAM_ACCOUNT,
            "the provider refuses the account '"
                + account.name()
                + "' of this installation ("
                + answer.statusCode()
                + "); whoever runs it has to look at its key and rights"));
  }

  /** What the client asks for besides; a key in it is for us. */
  private static @Nullable String query(ServerRequest request) {
    String query = request.query().rawValue();
    String passed =
        Arrays.stream(query.split("&"))
            .filter(each -> !each.isEmpty())
            .filter(each -> !each.startsWith("key=") && !each.startsWith("api-version="))
            .collect(Collectors.joining("&"));
    return passed.isEmpty() ? null : passed;
  }

  @FunctionalInterface
  private interface Work {
    void run() throws InterruptedException;
  }
}
