package dev.offpeak.provider.http;

import dev.offpeak.provider.CallListener;
import dev.offpeak.provider.account.Account;
import dev.offpeak.provider.account.Connection;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs each call at DEBUG, without headers and bodies, and tells a listener. */
public final class ObservedTransport implements Transport {

  private static final Logger LOGGER = LoggerFactory.getLogger(ObservedTransport.class);

  private final Transport next;
  private final Account account;
  private final Clock clock;
  private final CallListener listener;

  /** Observes the calls of one account. */
  public ObservedTransport(Transport next, Account account, Clock clock, CallListener listener) {
    this.next = next;
    this.account = account;
    this.clock = clock;
    this.listener = listener;
  }

  /** The calls of that account over that connection. */
  public static Transport of(Account account, Connection with) {
    return new ObservedTransport(
        new JdkTransport(with.client(), with.timeouts()), account, with.clock(), with.listener());
  }

  @Override
  public <T> HttpResponse<T> send(
      String operation, HttpRequest request, HttpResponse.BodyHandler<T> answer)
      throws TransportFailure {
    Instant start = clock.instant();
    String outcome = "failed";
    try {
      HttpResponse<T> response = next.send(operation, request, answer);
      outcome = String.valueOf(response.statusCode());
      return response;
    } catch (TransportFailure e) {
      outcome = e.code();
      throw e;
    } finally {
      Duration took = Duration.between(start, clock.instant());
      listener.called(account.provider(), account.name(), operation, outcome, took);
      LOGGER
          .atDebug()
          .addKeyValue("account", account.name())
          .addKeyValue("operation", operation)
          .addKeyValue("method", request.method())
          .addKeyValue("path", request.uri().getRawPath())
          .addKeyValue("outcome", outcome)
          .addKeyValue("millis", took.toMillis())
          .log("provider called");
    }
  }
}
