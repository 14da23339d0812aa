package dev.offpeak.system.world;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.testkit.time.Patience;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Small calls over HTTP. */
public final class Http {

  /** Longer than the gateway waits for Kafka. */
  private static final Duration PATIENCE = Patience.LONG;

  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  private Http() {}

  /** Whether something answers there with a 200 within a second. */
  public static boolean isOk(URI address) {
    HttpRequest request =
        HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(1)).GET().build();
    try {
      return CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Whatever is answered there, with its status before it. */
  public static String answer(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        CLIENT.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString(UTF_8));
    return answer.statusCode() + " " + answer.body();
  }

  /** The body of a 200. */
  public static String get(URI address) throws IOException, InterruptedException {
    return of(HttpRequest.newBuilder(address).GET());
  }

  /** The body of a 200, as it comes. */
  public static InputStream open(URI address) throws IOException, InterruptedException {
    return CLIENT
        .send(
            HttpRequest.newBuilder(address).GET().build(),
            HttpResponse.BodyHandlers.ofInputStream())
        .body();
  }

  /** Sends something. */
  public static String post(URI address, String body) throws IOException, InterruptedException {
    return of(
        HttpRequest.newBuilder(address).POST(HttpRequest.BodyPublishers.ofString(body, UTF_8)));
  }

  /** Deletes something. */
  public static String delete(URI address) throws IOException, InterruptedException {
    return of(HttpRequest.newBuilder(address).DELETE());
  }

  /** The body of a 2xx. */
  static String of(HttpRequest.Builder builder) throws IOException, InterruptedException {
    String answer = answer(builder);
    if (!answer.startsWith("2")) {
      HttpRequest request = builder.build();
      throw new IOException(request.method() + " " + request.uri() + " got " + answer);
    }
    return answer.substring(answer.indexOf(' ') + 1);
  }
}
