package dev.offpeak.provider.openai;

import dev.offpeak.provider.account.Account;
import dev.offpeak.provider.account.AuthHeader;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.jspecify.annotations.Nullable;

/** Requests to the OpenAI API, or a server that speaks it, with the account's headers. */
final class OpenAiRequests {

  private final Account account;

  OpenAiRequests(Account account) {
    this.account = account;
  }

  HttpRequest get(String path) {
    return get(path, null);
  }

  HttpRequest get(String path, @Nullable String query) {
    return to(path, query).header("Accept", "application/json").GET().build();
  }

  HttpRequest download(String path) {
    return to(path, null).header("Accept", "application/binary").GET().build();
  }

  HttpRequest delete(String path) {
    return to(path, null).header("Accept", "application/json").DELETE().build();
  }

  HttpRequest post(String path) {
    return to(path, null)
        .header("Accept", "application/json")
        .POST(BodyPublishers.noBody())
        .build();
  }

  HttpRequest post(String path, byte[] json) {
    return post(path, "application/json", BodyPublishers.ofByteArray(json));
  }

  HttpRequest post(String path, String contentType, HttpRequest.BodyPublisher body) {
    return to(path, null)
        .header("Accept", "application/json")
        .header("Content-Type", contentType)
        .POST(body)
        .build();
  }

  private HttpRequest.Builder to(String path, @Nullable String query) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(account.baseUrl() + path + question(query)))
            .version(Version.HTTP_1_1);
    authorize(request);
    if (account.organization() != null) {
      request.header("OpenAI-Organization", account.organization());
    }
    if (account.project() != null) {
      request.header("OpenAI-Project", account.project());
    }
    return request;
  }

  /** Azure's spelling of a key is {@code api-key}. */
  private void authorize(HttpRequest.Builder request) {
    if (account.wire().authOr(AuthHeader.BEARER) == AuthHeader.BEARER) {
      request.header("Authorization", "Bearer " + account.requireKey());
    } else {
      request.header("api-key", account.requireKey());
    }
  }

  private String question(@Nullable String query) {
    String version = account.wire().apiVersion();
    String asked = query == null ? "" : "?" + query;
    return version == null
        ? asked
        : (asked.isEmpty() ? "?" : asked + "&") + "api-version=" + version;
  }
}
