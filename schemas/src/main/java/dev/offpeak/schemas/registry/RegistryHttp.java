package dev.offpeak.schemas.registry;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.util.ArrayList;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Asks the first of a registry's URLs that answers, beginning with the one that answered last.
 * Every call may be repeated without harm: registering a schema twice gives the same id.
 */
final class RegistryHttp implements AutoCloseable {

  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final int LONGEST_QUOTE = 300;

  /**
   * What a registry said.
   *
   * @param status 200 to 299, or 400 to 499 with a registry's own error
   * @param body JSON
   */
  record Answer(int status, String body) {}

  private final RegistrySettings settings;
  private final HttpClient client;
  private volatile int preferred;

  RegistryHttp(RegistrySettings settings) {
    this.settings = settings;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(settings.connectTimeout())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
  }

  /** What the call wants, for errors; the path begins with a slash. */
  Answer get(String what, String path) {
    return ask(what, path, null);
  }

  /** The same with a body. */
  Answer post(String what, String path, String body) {
    return ask(what, path, body);
  }

  private Answer ask(String what, String path, @Nullable String body) {
    var reasons = new ArrayList<String>();
    IOException cause = null;
    boolean answered = false;
    int first = preferred;
    for (int i = 0; i < settings.urls().size(); i++) {
      int at = (first + i) % settings.urls().size();
      URI url = settings.urls().get(at);
      try {
        HttpResponse<String> response = send(URI.create(url + path), body);
        String reason = unusable(response);
        if (reason == null) {
          preferred = at;
          return new Answer(response.statusCode(), response.body());
        }
        answered = true;
        reasons.add(url + " " + reason);
      } catch (IOException e) {
        cause = e;
        reasons.add(url + " can't be reached (" + text(e) + ")");
      }
    }
    throw new RegistryUnavailable(
        "the schema registry can't be asked to "
            + what
            + ": "
            + String.join("; ", reasons)
            + ". The record is kept; this is tried again",
        cause,
        answered);
  }

  private HttpResponse<String> send(URI uri, @Nullable String body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(settings.readTimeout())
            .header("Accept", MEDIA_TYPE + ", application/json");
    if (body != null) {
      request.header("Content-Type", MEDIA_TYPE).POST(BodyPublishers.ofString(body));
    }
    if (settings.authorization() != null) {
      request.header("Authorization", settings.authorization());
    }
    try {
      return send(request.build());
    } catch (InterruptedException e) {
      throw new InterruptException("interrupted while waiting for the schema registry", e);
    }
  }

  /**
   * Sends a second time when the connection was lost: one that was kept may have been closed by the
   * other side meanwhile, and no call here does harm when it is repeated.
   */
  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (ConnectException | HttpTimeoutException e) {
      throw e;
    } catch (IOException _) {
      return client.send(request, BodyHandlers.ofString());
    }
  }

  /**
   * Why an answer says nothing about what was asked, or null when it does. A 404 without a
   * registry's error code comes from something else that listens there.
   */
  private static @Nullable String unusable(HttpResponse<String> response) {
    int status = response.statusCode();
    if (status >= 200 && status < 300) {
      return null;
    }
    String answer = "answers " + status + " (" + quote(response.body()) + ")";
    return switch (status) {
      case 401, 403 ->
          answer
              + ": it does not let us in, see "
              + RegistrySettings.USER_INFO
              + " and the user's rights";
      case 404 ->
          RegistryJson.errorCode(response.body()) > 404
              ? null
              : answer
                  + ": no schema registry is under this URL; Apicurio's, for one, ends in"
                  + " /apis/ccompat/v7";
      case 409, 422 -> null;
      default -> answer;
    };
  }

  static String quote(String body) {
    String line = body.strip().replaceAll("\\s+", " ");
    return line.length() > LONGEST_QUOTE ? line.substring(0, LONGEST_QUOTE) + "…" : line;
  }

  private static String text(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
