package dev.offpeak.provider.http;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.provider.account.Timeouts;
import dev.offpeak.provider.http.TransportFailure.Reached;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
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
      discard(future);
      throw failure(operation, body, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      discard(future);
      throw failure(operation, body, e);
    } finally {
      if (body != null) {
        body.abandon();
      }
      future.cancel(true);
    }
  }

  /** An answer that came just when its caller had given it up would hold its connection. */
  private static void discard(CompletableFuture<? extends HttpResponse<?>> future) {
    var _ =
        future.thenAccept(
            response -> {
              if (response.body() instanceof InputStream stream) {
                close(stream);
              }
            });
  }

  private static void close(InputStream stream) {
    try {
      stream.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
          FailureCode.PAYLOAD_UNREADABLE.id(),
          operation + " was broken off, the payload could not be read: " + reason(payload),
          payload);
    }
    Reached reached =
        neverConnected(cause) || (body != null && !body.isComplete())
            ? Reached.NOT_COMPLETE
            : Reached.SENT;
    return new TransportFailure(
        reached, code(cause), operation + words(cause) + describe(cause), cause);
  }

  private static String words(Throwable cause) {
    return cause instanceof AnswerRefused
        ? " got an answer that can't be taken: "
        : " got no answer: ";
  }

  private static boolean neverConnected(Throwable cause) {
    return cause instanceof ConnectException
        || cause instanceof HttpConnectTimeoutException
        || cause.getCause() instanceof UnresolvedAddressException;
  }

  private static String code(Throwable cause) {
    return switch (cause) {
      case InterruptedException e -> FailureCode.INTERRUPTED.id();
      case TimeoutException e -> FailureCode.TIMEOUT.id();
      case AnswerRefused e -> e.code();
      case Throwable e when neverConnected(e) -> FailureCode.CONNECT_FAILED.id();
      case HttpTimeoutException e -> FailureCode.TIMEOUT.id();
      case IOException e -> FailureCode.CONNECTION_BROKEN.id();
      default -> FailureCode.CALL_FAILED.id();
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
