package dev.offpeak.provider.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.provider.account.Account;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;

/** Requests to the OpenAI API with the account's headers. */
final class OpenAiRequests {

  private final Account account;

  OpenAiRequests(Account account) {
    this.account = account;
  }

  HttpRequest get(String pathAndQuery) {
    return to(pathAndQuery).header("Accept", "application/json").GET().build();
  }

  HttpRequest download(String path) {
    return to(path).header("Accept", "application/binary").GET().build();
  }

  HttpRequest delete(String path) {
    return to(path).header("Accept", "application/json").DELETE().build();
  }

  HttpRequest post(String path) {
    return to(path).header("Accept", "application/json").POST(BodyPublishers.noBody()).build();
  }

  HttpRequest post(String path, byte[] json) {
    return post(path, "application/json", BodyPublishers.ofByteArray(json));
  }

  HttpRequest post(String path, String contentType, HttpRequest.BodyPublisher body) {
    return to(path)
        .header("Accept", "application/json")
        .header("Content-Type", contentType)
        .POST(body)
        .build();
  }

  /** One segment of a path, whatever a provider's id may hold. */
  static String segment(String id) {
    return URLEncoder.encode(id, UTF_8).replace("+", "%20");
  }

  private HttpRequest.Builder to(String pathAndQuery) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(account.baseUrl() + pathAndQuery))
            .version(Version.HTTP_1_1)
            .header("Authorization", "Bearer " + account.requireKey());
    if (account.organization() != null) {
      request.header("OpenAI-Organization", account.organization());
    }
    if (account.project() != null) {
      request.header("OpenAI-Project", account.project());
    }
    return request;
  }
}
