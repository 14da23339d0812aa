package dev.offpeak.provider.openai;

import dev.offpeak.provider.account.Account;
import dev.offpeak.provider.account.AccountCall;
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
        HttpRequest.newBuilder(AccountCall.address(account, path, query)).version(Version.HTTP_1_1);
    AccountCall.headers(account).forEach(request::header);
    return request;
  }
}
