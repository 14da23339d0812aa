package dev.offpeak.provider.http;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.offpeak.provider.http.TransportFailure.Reached;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * {@link Transport} over the JDK's client. Blocks its caller only on futures, so virtual threads
 * fit. The client resends nothing: it repeats a request by itself only for GET (and for a refused
 * connection), and it is used without redirects and authenticators.
 */
public final class JdkTransport implements Transport {

  private final HttpClient client;
  private final Timeouts timeouts;

  /**
   * A transport over that client.
   *
   * @param client with a connect timeout, or else a lost SYN counts as an answer that never came
   */
  public JdkTransport(HttpClient client, Timeouts timeouts) {
    this.client = client;
    this.timeouts = timeouts;
  }

  @Override
  public <T> HttpResponse<T> send(
      String operation, HttpRequest request, HttpResponse.BodyHandler<T> answer)
      throws TransportFailure {
    StreamedBody body = request.bodyPublisher().orElse(null) instanceof StreamedBody b ? b : null;
    CompletableFuture<HttpResponse<T>> future = client.sendAsync(request, answer);
    try {
      if (body != null) {
        await(CompletableFuture.anyOf(future, body.started()));
        CompletableFuture.anyOf(future, body.ended()).get();
        Throwable givenUp = body.givenUp();
        if (givenUp != null && !future.isDone()) {
          throw failure(operation, body, givenUp);
        }
      }
      await(future);
      return future.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw failure(operation, body, cause == null ? e : cause);
    } catch (TimeoutException | CancellationException e) {
      throw failure(operation, body, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(operation, body, e);
    } finally {
      if (body != null) {
        body.abandon();
      }
      future.cancel(true);
    }
  }

  private void await(Future<?> future)
      throws ExecutionException, InterruptedException, TimeoutException {
    future.get(timeouts.answer().toMillis(), MILLISECONDS);
  }

  private TransportFailure failure(String operation, @Nullable StreamedBody body, Throwable cause) {
    Throwable payload = body == null ? null : body.payloadFailure();
    if (payload != null) {
      return new TransportFailure(
          Reached.PAYLOAD_BROKEN,
          "payload_unreadable",
          operation + " was broken off, the payload could not be read: " + reason(payload),
          payload);
    }
    Reached reached =
        neverConnected(cause) || (body != null && !body.isComplete())
            ? Reached.NOT_COMPLETE
            : Reached.SENT;
    return new TransportFailure(
        reached, code(cause), operation + " got no answer: " + describe(cause), cause);
  }

  private static boolean neverConnected(Throwable cause) {
    return cause instanceof ConnectException
        || cause instanceof HttpConnectTimeoutException
        || cause.getCause() instanceof UnresolvedAddressException;
  }

  private static String code(Throwable cause) {
    return switch (cause) {
      case InterruptedException e -> "interrupted";
      case TimeoutException e -> "timeout";
      case Throwable e when neverConnected(e) -> "connect_failed";
      case HttpTimeoutException e -> "timeout";
      case IOException e -> "connection_broken";
      default -> "call_failed";
    };
  }

  private String describe(Throwable cause) {
    return switch (cause) {
      case InterruptedException e -> "interrupted";
      case TimeoutException e -> "nothing came for " + timeouts.answer().toSeconds() + " s";
      default -> reason(cause);
    };
  }

  private static String reason(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
