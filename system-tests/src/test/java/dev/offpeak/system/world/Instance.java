package dev.offpeak.system.world;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;

/**
 * An instance of a service.
 *
 * @param member its process
 * @param kind which service
 * @param http its port for health and metrics
 * @param api the port for clients, of the ingest-service only
 */
public record Instance(Member member, Kind kind, int http, int api) {

  static URI ready(int http) {
    return URI.create("http://127.0.0.1:" + http + "/health/ready");
  }

  /** Where an ingest-service takes requests. */
  public URI requests() {
    return URI.create("http://127.0.0.1:" + api + "/v1/requests");
  }

  /** What its readiness says, with the status before it. */
  public String health() throws IOException, InterruptedException {
    return Http.answer(HttpRequest.newBuilder(ready(http)));
  }

  /** A metric added up over its labels; 0 when it is not there yet. */
  public double metric(String name) throws IOException, InterruptedException {
    return Http.get(URI.create("http://127.0.0.1:" + http + "/metrics"))
        .lines()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
