package dev.offpeak.simulator.http;

import dev.offpeak.simulator.fault.FaultAction;
import dev.offpeak.simulator.fault.Faults;
import dev.offpeak.simulator.fault.JobScript;
import dev.offpeak.simulator.ledger.CallLog;
import dev.offpeak.simulator.time.Sleeper;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where every call to a provider comes through: authentication, faults, counting, sending. */
public final class CallGate {
  private static final Logger LOGGER = LoggerFactory.getLogger(CallGate.class);
  private static final int MAX_LATE_BODY_BYTES = 1 << 24;

  private final Faults faults;
  private final CallLog calls;
  private final Sleeper sleeper;

  /** A gate with the given faults and log, and what waits for delays. */
  public CallGate(Faults faults, CallLog calls, Sleeper sleeper) {
    this.faults = faults;
    this.calls = calls;
    this.sleeper = sleeper;
  }

  /** Answers a call. */
  @FunctionalInterface
  public interface Answerer {
    /**
     * Does what the call asks for.
     *
     * @throws Refusal when it is answered with an error
     */
    Reply answer(Exchange exchange) throws IOException;
  }

  private record Answered(@Nullable Reply reply, boolean effect) {}

  /** A handler that lets a kind of call through the gate. */
  public Handler guard(ProviderFront front, String call, Answerer answerer) {
    return (request, response) -> handle(front, call, answerer, request, response);
  }

  private void handle(
      ProviderFront front,
      String call,
      Answerer answerer,
      ServerRequest request,
      ServerResponse response)
      throws IOException {
    long begin = System.nanoTime();
    Caller caller = null;
    FaultAction fault = null;
    Answered answered;
    try {
      caller = front.authenticate(request);
      fault = faults.meet(front.name(), call);
      if (fault != null && fault.delayMs() != null) {
        sleeper.sleep(fault.delayMs());
      }
      JobScript script = fault == null ? null : fault.job();
      Exchange exchange = new Exchange(request, caller, script == null ? JobScript.NONE : script);
      answered =
          fault != null && fault.refuses()
              ? refuse(front, call, answerer, exchange, fault)
              : perform(answerer, exchange);
    } catch (Refusal refusal) {
      answered = new Answered(refusal.reply(), false);
    } catch (RuntimeException e) {
      LOGGER.atError().addKeyValue("call", call).setCause(e).log("call failed");
      answered = new Answered(front.error(500, null, null), false);
    }
    Reply reply = answered.reply();
    String status = reply == null ? CallLog.CUT : Integer.toString(reply.status());
    calls.enter(front.name(), call, status, answered.effect());
    if (reply == null) {
      throw new CloseConnectionException("cut by a fault");
    }
    Long truncate = fault == null ? null : fault.truncateAfter();
    ReplySender.send(
        response,
        front.dressed(reply, caller, millisSince(begin)),
        truncate == null ? Long.MAX_VALUE : truncate);
  }

  private static Answered perform(Answerer answerer, Exchange exchange) throws IOException {
    Reply reply = answerer.answer(exchange);
    return new Answered(reply, reply.status() < 300);
  }

  private Answered refuse(
      ProviderFront front, String call, Answerer answerer, Exchange exchange, FaultAction fault)
      throws IOException {
    boolean effect = false;
    if (fault.afterEffect()) {
      effect = perform(answerer, exchange).effect();
    } else if (fault.effectAfterMs() != null) {
      exchange.body(MAX_LATE_BODY_BYTES, front.error(413, null, null));
      performLater(front, call, answerer, exchange, fault.effectAfterMs());
    }
    Integer status = fault.status();
    if (status == null) {
      return new Answered(null, effect);
    }
    Reply reply = front.error(status, fault.code(), fault.message());
    Map<String, String> headers = fault.headers();
    if (headers != null) {
      for (Map.Entry<String, String> header : headers.entrySet()) {
        reply = reply.with(header.getKey(), header.getValue());
      }
    }
    return new Answered(reply, effect);
  }

  private void performLater(
      ProviderFront front, String call, Answerer answerer, Exchange exchange, long millis) {
    Thread.ofVirtual()
        .start(
            () -> {
              sleeper.sleep(millis);
              boolean effect = false;
              try {
                effect = perform(answerer, exchange).effect();
              } catch (Refusal refusal) {
                LOGGER.atDebug().addKeyValue("call", call).log("late call was refused");
              } catch (IOException | RuntimeException e) {
                LOGGER.atError().addKeyValue("call", call).setCause(e).log("late call failed");
              }
              calls.enter(front.name(), call, CallLog.LATE, effect);
            });
  }

  private static long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }
}
