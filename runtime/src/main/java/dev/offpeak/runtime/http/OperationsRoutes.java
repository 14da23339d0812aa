package dev.offpeak.runtime.http;

import dev.offpeak.runtime.health.Health;
import dev.offpeak.runtime.health.HealthReport;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/**
 * What operators ask of every process: {@code GET /health/live} and {@code /health/ready} (200 or
 * 503, JSON with each check and its reason) and {@code GET /metrics} (Prometheus text).
 */
public final class OperationsRoutes implements HttpService {

  private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final Health health;
  private final PrometheusMeterRegistry meters;

  public OperationsRoutes(Health health, PrometheusMeterRegistry meters) {
    this.health = health;
    this.meters = meters;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get("/health/live", (_, response) -> send(response, health.liveness()));
    rules.get("/health/ready", (_, response) -> send(response, health.readiness()));
    rules.get("/metrics", this::metrics);
  }

  private static void send(ServerResponse response, HealthReport report) {
    response
        .status(report.isOk() ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503)
        .header(HeaderNames.CONTENT_TYPE, "application/json")
        .send(HealthJson.write(report));
  }

  private void metrics(ServerRequest request, ServerResponse response) {
    response.header(HeaderNames.CONTENT_TYPE, METRICS_TYPE).send(meters.scrape(METRICS_TYPE));
  }
}
