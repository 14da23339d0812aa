package dev.offpeak.simulator.http;

import dev.offpeak.simulator.fault.FaultAction;
import dev.offpeak.simulator.fault.Hostility;
import dev.offpeak.simulator.http.CallGate.Answered;
import dev.offpeak.simulator.http.CallGate.Answerer;
import dev.offpeak.simulator.ledger.CallLog;
import dev.offpeak.simulator.time.Sleeper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Performs calls as faults want it: later, in vain, or with another answer than what they did. */
public final class FaultyCalls implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(FaultyCalls.class);

  private final CallLog calls;
  private final Sleeper sleeper;
  private final Clock real;
  private final Path lateBodies;
  private final ReadWriteLock open = new ReentrantReadWriteLock();
  private boolean closed;

  /**
   * @param calls where effects are counted that come after the answer
   * @param sleeper waits for delays
   * @param real the time of the callers
   * @param lateBodies a folder for the bodies of calls that take effect later
   */
  public FaultyCalls(CallLog calls, Sleeper sleeper, Clock real, Path lateBodies)
      throws IOException {
    this.calls = calls;
    this.sleeper = sleeper;
    this.real = real;
    this.lateBodies = Files.createDirectories(lateBodies);
  }

  /** Sends what no server sends, over the connection of the current call. */
  HostileSender sender(Connections connections) {
    return new HostileSender(connections, sleeper);
  }

  /** Performs a call with a fault, which may be none. */
  Answered perform(
      ProviderFront front, String call, Answerer answerer, Exchange exchange, FaultAction fault)
      throws IOException {
    pause(fault.delayMs());
    Answered answered =
        fault.refuses()
            ? refuse(front, call, answerer, exchange, fault)
            : perform(answerer, exchange);
    pause(fault.holdMs());
    return answered;
  }

  private void pause(long millis) {
    if (millis > 0) {
      sleeper.sleep(millis);
    }
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
      Path body = Files.createTempFile(lateBodies, "late", ".body");
      exchange.keepBody(body);
      performLater(front, call, answerer, exchange, fault.effectAfterMs(), body);
    }
    if (fault.cut()) {
      return new Answered(null, effect);
    }
    Hostility hostile = fault.hostile();
    return new Answered(
        hostile == null ? error(front, fault) : HostileReplies.of(hostile, front, exchange),
        effect);
  }

  private Reply error(ProviderFront front, FaultAction fault) {
    Integer status = fault.status();
    Reply reply =
        fault.problem() != null
            ? front.problem(fault.problem(), fault.message())
            : front.error(status == null ? 500 : status, fault.code(), fault.message());
    if (fault.retry() != null) {
      reply = front.hinted(reply, fault.retry(), real.instant());
    }
    Map<String, String> headers = fault.headers();
    if (headers != null) {
      for (Map.Entry<String, String> header : headers.entrySet()) {
        reply = reply.with(header.getKey(), header.getValue());
      }
    }
    return reply;
  }

  private void performLater(
      ProviderFront front,
      String call,
      Answerer answerer,
      Exchange exchange,
      long millis,
      Path body) {
    Thread.ofVirtual()
        .start(
            () -> {
              sleeper.sleep(millis);
              open.readLock().lock();
              try {
                if (!closed) {
                  performNow(front, call, answerer, exchange, body);
                }
              } finally {
                open.readLock().unlock();
              }
            });
  }

  private void performNow(
      ProviderFront front, String call, Answerer answerer, Exchange exchange, Path body) {
    boolean effect = false;
    try {
      effect = perform(answerer, exchange).effect();
      Files.deleteIfExists(body);
    } catch (Refusal refusal) {
      LOGGER.atDebug().addKeyValue("call", call).log("late call was refused");
    } catch (IOException | RuntimeException e) {
      LOGGER.atError().addKeyValue("call", call).setCause(e).log("late call failed");
    }
    calls.enter(front.name(), call, CallLog.LATE, effect);
  }

  /** Lets late calls that are under way end; those that are still to come never do. */
  @Override
  public void close() {
    open.writeLock().lock();
    try {
      closed = true;
    } finally {
      open.writeLock().unlock();
    }
  }
}
