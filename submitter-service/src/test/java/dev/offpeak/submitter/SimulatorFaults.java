package dev.offpeak.submitter;

import dev.offpeak.simulator.Simulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Tells a simulator over HTTP what to do wrong. */
final class SimulatorFaults {

  private SimulatorFaults() {}

  /** Adds a rule, or an array of them; see the simulator's README. */
  static void add(Simulator simulator, String json) throws IOException, InterruptedException {
    post(simulator, "/_sim/faults", json.replace('\'', '"'));
  }

  /** Nothing goes wrong any more. */
  static void clear(Simulator simulator) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + simulator.port() + "/_sim/faults");
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(uri).DELETE().build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        throw new IllegalStateException("faults were not cleared: " + answer.body());
      }
    }
  }

  /** Refuses that key from now on, or takes it again. */
  static void key(Simulator simulator, String what, String key)
      throws IOException, InterruptedException {
    post(simulator, "/_sim/keys/" + what, "{\"key\":\"" + key + "\"}");
  }

  private static void post(Simulator simulator, String path, String json)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + simulator.port() + path);
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString(json)).build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(path + " was answered with " + answer.body());
      }
    }
  }

  /** How often calls of that kind took effect. */
  static String get(Simulator simulator, String path) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + simulator.port() + path);
      return client
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }
}
