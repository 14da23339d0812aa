package dev.offpeak.standalone.remote;

import dev.offpeak.core.text.Visible;
import dev.offpeak.standalone.state.CannotRun;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** The files and batches of a gateway, over HTTP. */
final class Gateway implements AutoCloseable {

  private static final Set<Integer> PASSING = Set.of(408, 429, 502, 503, 504);
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofMinutes(2);
  private static final int LONGEST_ANSWER = 1 << 20;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();
  private final URI address;
  private final String key;

  /**
   * @param address without a path, or with that of a proxy before it
   * @param key what the installation asks for; any where it asks for none
   */
  Gateway(URI address, String key) {
    this.address = address;
    this.key = key;
  }

  /** It can't be asked now, but perhaps a little later. */
  static final class Unreachable extends IOException {
    private static final long serialVersionUID = 1L;

    Unreachable(String message) {
      super(message);
    }
  }

  /** What is there. */
  Members get(String path) throws IOException, InterruptedException {
    return sent(request(path).timeout(ANSWER).GET().build());
  }

  /** Makes something. */
  Members post(String path, BodyPublisher body, Map<String, String> headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = request(path).POST(body);
    headers.forEach(request::setHeader);
    return sent(request.build());
  }

  /** Has something end. */
  void cancel(String path) throws IOException, InterruptedException {
    sent(request(path).timeout(ANSWER).POST(BodyPublishers.noBody()).build());
  }

  /** What a file holds, to be closed. */
  InputStream content(String file) throws IOException, InterruptedException {
    HttpRequest request = request("/v1/files/" + file + "/content").GET().build();
    HttpResponse<InputStream> response = answer(request);
    if (response.statusCode() != 200) {
      throw refused(request, response.statusCode(), bounded(response));
    }
    return response.body();
  }

  private HttpRequest.Builder request(String path) {
    String root = address.toString().replaceAll("/+$", "");
    return HttpRequest.newBuilder(URI.create(root + path))
        .header("Authorization", "Bearer " + key)
        .header("User-Agent", "offpeak-run");
  }

  private Members sent(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<InputStream> response = answer(request);
    byte[] body = bounded(response);
    if (response.statusCode() >= 300) {
      throw refused(request, response.statusCode(), body);
    }
    try {
      return Members.of(body);
    } catch (IOException e) {
      throw new CannotRun(address + " answers, but not as a gateway of Offpeak does");
    }
  }

  private HttpResponse<InputStream> answer(HttpRequest request)
      throws Unreachable, InterruptedException {
    try {
      return http.send(request, BodyHandlers.ofInputStream());
    } catch (IOException e) {
      String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new Unreachable(address + " can't be reached: " + why);
    }
  }

  private static byte[] bounded(HttpResponse<InputStream> response) throws IOException {
    try (InputStream in = response.body()) {
      return in.readNBytes(LONGEST_ANSWER);
    }
  }

  private IOException refused(HttpRequest request, int status, byte[] body) throws IOException {
    String said;
    try {
      said = Members.of(body).text("error/message");
    } catch (IOException notJson) {
      said = "";
    }
    String message =
        "%s %s is answered with %d%s"
            .formatted(request.method(), request.uri(), status, said.isEmpty() ? "" : ": " + said);
    if (PASSING.contains(status)) {
      return new Unreachable(message);
    }
    throw new CannotRun(Visible.of(message));
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
