package dev.offpeak.ingest.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;

/** Sends JSON to a client. */
public final class Answer {

  /** All SDKs of OpenAI and Anthropic look at it first. */
  static final HeaderName SHOULD_RETRY = HeaderNames.create("x-should-retry");

  private static final String RETRY_AFTER_SECONDS = "1";

  private Answer() {}

  /** Answers after the body was read whole; the connection stays open. */
  public static void send(ServerResponse response, int status, byte[] json) {
    boolean isSaid =
        response.headers().contains(HeaderNames.RETRY_AFTER)
            || response.headers().contains(SHOULD_RETRY);
    if ((status == 429 || status == 503) && !isSaid) {
      response.header(HeaderNames.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    response
        .status(Status.create(status))
        .header(HeaderNames.CONTENT_TYPE, "application/json")
        .send(json);
  }

  /** Answers while the client may be sending still, and closes the connection. */
  public static void sendEarly(ServerResponse response, int status, byte[] json) {
    response.header(HeaderValues.CONNECTION_CLOSE);
    send(response, status, json);
  }
}
