package dev.offpeak.provider.http;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Sends one request, once, and waits for the answer. */
public interface Transport {

  /**
   * Sends a request. A {@link StreamedBody} is given the time it takes while its bytes flow.
   *
   * @param operation what it is for, such as {@code create}: in logs and metrics
   * @throws TransportFailure when no answer came back, or the caller was interrupted (its interrupt
   *     flag is then set again)
   */
  <T> HttpResponse<T> send(
      String operation, HttpRequest request, HttpResponse.BodyHandler<T> answer)
      throws TransportFailure;
}
