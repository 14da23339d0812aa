package dev.offpeak.simulator.http;

import dev.offpeak.simulator.fault.FaultAction;
import dev.offpeak.simulator.fault.Faults;
import dev.offpeak.simulator.fault.Hostility;
import dev.offpeak.simulator.ledger.CallLog;
import io.helidon.common.buffers.DataReader;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where every call to a provider comes through: authentication, faults, counting, sending. */
public final class CallGate {
  private static final Logger LOGGER = LoggerFactory.getLogger(CallGate.class);

  /** The call whose answer is lines of results. */
  private static final String RESULTS = "download_file";

  private final Faults faults;
  private final CallLog calls;
  private final AccessKeys keys;
  private final FaultyCalls faulty;
  private final HostileSender sender;

  /**
   * A gate with the given faults, log and keys; faults are acted out by the faulty calls.
   *
   * @param connections of the server whose calls come through
   */
  public CallGate(
      Faults faults, CallLog calls, AccessKeys keys, FaultyCalls faulty, Connections connections) {
    this.faults = faults;
    this.calls = calls;
    this.keys = keys;
    this.faulty = faulty;
    this.sender = faulty.sender(connections);
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

  /**
   * How a call went.
   *
   * @param reply the answer; null when the connection is cut instead
   * @param effect whether it took effect
   */
  record Answered(@Nullable Reply reply, boolean effect) {
    static final Answered CUT = new Answered(null, false);
  }

  /** A handler that lets a kind of call through the gate. */
  public Handler guard(ProviderFront front, String call, Answerer answerer) {
    return guard(front, request -> call, answerer);
  }

  /** A handler of calls whose kind only the request tells. */
  public Handler guard(
      ProviderFront front, Function<ServerRequest, String> call, Answerer answerer) {
    return (request, response) -> handle(front, call.apply(request), answerer, request, response);
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
    FaultAction fault = FaultAction.NONE;
    Answered answered;
    try {
      caller = front.authenticate(request);
      fault = faults.meet(front.name(), call, caller.key());
      if (fault.revokeKey()) {
        keys.revoke(caller.key());
        caller = front.authenticate(request);
      }
      Exchange exchange = new Exchange(request, caller, fault);
      answered = faulty.perform(front, call, answerer, exchange, fault);
    } catch (Refusal refusal) {
      answered = new Answered(refusal.reply(), false);
    } catch (CutStream.Cut e) {
      answered = Answered.CUT;
    } catch (UncheckedIOException | DataReader.InsufficientDataAvailableException e) {
      // The caller went away in the middle of the request.
      LOGGER.atDebug().addKeyValue("call", call).setCause(e).log("call broke off");
      answered = Answered.CUT;
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
    Reply dressed = front.dressed(reply, caller, millisSince(begin));
    Hostility hostile = fault.hostile();
    if (hostile != null && HostileSender.sends(hostile)) {
      request.content().consume();
      sender.send(hostile, dressed);
    }
    if (hostile != null && hostile.kind() == Hostility.Kind.TWISTED) {
      dressed = Twist.of(hostile, dressed, call.equals(RESULTS));
    }
    Long truncate = fault.truncateAfter();
    ReplySender.send(response, dressed, truncate == null ? Long.MAX_VALUE : truncate);
  }

  private static long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }
}
