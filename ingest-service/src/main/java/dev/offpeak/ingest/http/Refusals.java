package dev.offpeak.ingest.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpException;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Objects;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives every refusal, ours and the web server's own, the one shape of error. */
public final class Refusals {

  private static final Logger LOGGER = LoggerFactory.getLogger(Refusals.class);

  private Refusals() {}

  /** Answers 405 and says which method there is. */
  public static Handler methodNotAllowed(String allowed) {
    return (request, response) -> {
      response.header(HeaderNames.ALLOW, allowed);
      refuse(
          request,
          response,
          new ApiError(
              405,
              "method_not_allowed",
              request.path().absolute().path()
                  + " takes "
                  + allowed
                  + ", not "
                  + request.prologue().method().text()));
    };
  }

  /** Answers what no route has answered, and what routes throw. */
  static void register(HttpRouting.Builder routing) {
    routing
        .any(
            (request, response) ->
                refuse(
                    request,
                    response,
                    new ApiError(
                        404,
                        "not_found",
                        "there is nothing at "
                            + request.path().path()
                            + ": look at docs/gateway.md for what there is; requests that may"
                            + " wait go to POST "
                            + RequestsRoute.PATH)))
        .error(
            ApiException.class,
            (req, res, e) -> {
              e.headers().forEach((name, value) -> res.header(HeaderNames.create(name), value));
              refuse(req, res, e.error());
            })
        .error(
            HttpException.class,
            (req, res, e) ->
                refuse(
                    req,
                    res,
                    new ApiError(
                        e.status().code(),
                        code(e.status().code()),
                        String.valueOf(e.getMessage()))))
        .error(
            KafkaException.class,
            (req, res, e) ->
                refuse(
                    req,
                    res,
                    new ApiError(
                        503,
                        "kafka_unavailable",
                        "Kafka does not answer now: " + LocalCalls.shown(String.valueOf(e)))))
        .error(Throwable.class, Refusals::fault);
  }

  /** For what is refused before it comes to any route, such as a malformed request line. */
  static DirectHandler beforeRouting() {
    return (_, _, status, headers, message) -> {
      var error = beforeRouting(status.code(), message);
      return DirectHandler.TransportResponse.builder()
          .status(Status.create(error.status()))
          .headers(headers)
          .header(HeaderValues.CONTENT_TYPE_JSON)
          .entity(Json.of(error))
          .build();
    };
  }

  private static ApiError beforeRouting(int status, @Nullable String message) {
    String unreadable =
        switch (status) {
          case 413 -> "the body or the headers are larger than is taken";
          case 414 -> "the request line is longer than is taken";
          case 501 -> "Transfer-Encoding is not one that is taken: only chunked is";
          default ->
              "it is no request of HTTP/1.1 that can be read: look at the request line, and at"
                  + " Host, Content-Length and Transfer-Encoding, each of which may stand once";
        };
    // Whatever it is that this server does not do, the client has to change its request.
    int told = status == 501 ? 400 : status;
    return new ApiError(told, code(told), message == null ? unreadable : message);
  }

  private static void refuse(ServerRequest request, ServerResponse response, ApiError error) {
    Dialect dialect = Dialect.of(request);
    String id = response.headers().first(RequestIds.ANTHROPIC).orElse(null);
    byte[] json = ErrorJson.of(error, dialect, id);
    int status = error.status(dialect);
    if (error.isLasting()) {
      response.header(Answer.SHOULD_RETRY, "false");
    }
    if (request.content().consumed() || !request.content().hasEntity()) {
      Answer.send(response, status, json);
    } else {
      Answer.sendEarly(response, status, json);
      RequestBody.drain(request);
    }
  }

  private static void fault(ServerRequest request, ServerResponse response, Throwable e) {
    if (hasNoPath(request)) {
      refuse(request, response, beforeRouting(400, null));
      return;
    }
    LOGGER.atError().setCause(e).addKeyValue("path", request.path().path()).log("request failed");
    refuse(
        request,
        response,
        new ApiError(500, "internal_error", "an error of ours, which is in the service's log"));
  }

  /** As with CONNECT: Helidon's routing can't do without one. */
  private static boolean hasNoPath(ServerRequest request) {
    return Objects.isNull(request.path().path());
  }

  private static String code(int status) {
    return switch (status) {
      case 404 -> "not_found";
      case 413 -> "body_too_large";
      default -> status < 500 ? "bad_request" : "internal_error";
    };
  }
}
