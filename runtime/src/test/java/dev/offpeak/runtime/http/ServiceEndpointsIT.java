package dev.offpeak.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.offpeak.runtime.health.CheckResult;
import dev.offpeak.runtime.health.Health;
import dev.offpeak.runtime.metrics.ProcessMeters;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceEndpointsIT {

  private final Health health = new Health();
  private final ProcessMeters meters = new ProcessMeters();
  private final OperationsRoutes operations = new OperationsRoutes(health, meters.registry());
  private final HttpClient client = HttpClient.newHttpClient();
  private final ServiceEndpoints endpoints =
      new ServiceEndpoints("127.0.0.1", 0, "http", operations);

  @BeforeEach
  void start() {
    endpoints.start();
  }

  @AfterEach
  void stop() {
    endpoints.close();
    meters.close();
    client.close();
  }

  @Test
  void readinessSaysWhyNot() throws Exception {
    // Given
    var connected = new AtomicBoolean();
    health.addReadiness("kafka", () -> CheckResult.okIf(connected.get(), "no \"broker\" answers"));
    health.addReadiness("disk", CheckResult::ok);

    // When
    var before = get("/health/ready");
    connected.set(true);
    var after = get("/health/ready");

    // Then
    assertThat(before.statusCode()).isEqualTo(503);
    assertThat(before.body())
        .isEqualTo(
            """
            {"status":"down","checks":[\
            {"name":"kafka","status":"down","reason":"no \\"broker\\" answers"},\
            {"name":"disk","status":"up"}]}\
            """);
    assertThat(after.statusCode()).isEqualTo(200);
    assertThat(after.body()).startsWith("{\"status\":\"up\"");
  }

  @Test
  void aFailedReadinessLeavesLivenessAlone() throws Exception {
    health.addReadiness("kafka", () -> CheckResult.notOk("away"));

    assertThat(get("/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void aCheckThatThrowsCountsAsDown() throws Exception {
    health.addLiveness(
        "broken",
        () -> {
          throw new IllegalStateException("store closed");
        });

    var response = get("/health/live");

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).contains("store closed");
  }

  @Test
  void metricsAreInPrometheusForm() throws Exception {
    meters.registry().counter("offpeak.test.events").increment();

    var response = get("/metrics");

    assertThat(response.headers().firstValue("content-type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
    assertThat(response.body()).contains("offpeak_test_events_total 1.0").contains("jvm_memory");
  }

  @Test
  void nothingElseIsThere() throws Exception {
    assertThat(get("/nowhere").statusCode()).isEqualTo(404);
  }

  @Test
  void aTakenPortIsNamed() {
    var second = new ServiceEndpoints("127.0.0.1", endpoints.port(), "http", operations);

    assertThatThrownBy(second::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("127.0.0.1:" + endpoints.port() + " (http.host, http.port)");
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    var uri = URI.create("http://127.0.0.1:" + endpoints.port() + path);
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}
