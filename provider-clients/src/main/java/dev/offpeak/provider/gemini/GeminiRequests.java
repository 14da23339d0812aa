package dev.offpeak.provider.gemini;

import dev.offpeak.provider.account.Account;
import dev.offpeak.provider.account.AuthHeader;
import dev.offpeak.provider.call.AnsweredAddress;
import dev.offpeak.provider.call.PathSegment;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Requests to the Gemini API with the account's headers (docs/providers C, C1). */
final class GeminiRequests {

  private static final String JSON = "application/json";
  private static final String UPLOAD_TYPE = "application/jsonl";

  private final Account account;

  GeminiRequests(Account account) {
    this.account = account;
  }

  HttpRequest get(String pathAndQuery) {
    return to("/v1beta/" + pathAndQuery).header("Accept", JSON).GET().build();
  }

  HttpRequest delete(String path) {
    return to("/v1beta/" + path).header("Accept", JSON).DELETE().build();
  }

  HttpRequest download(String file) {
    return to("/download/v1beta/" + path(file) + ":download?alt=media").GET().build();
  }

  HttpRequest post(String path) {
    return to("/v1beta/" + path).header("Accept", JSON).POST(BodyPublishers.noBody()).build();
  }

  HttpRequest post(String path, byte[] json) {
    return to("/v1beta/" + path)
        .header("Accept", JSON)
        .header("Content-Type", JSON)
        .POST(BodyPublishers.ofByteArray(json))
        .build();
  }

  HttpRequest startUpload(long length, byte[] json) {
    return to("/upload/v1beta/files")
        .header("X-Goog-Upload-Protocol", "resumable")
        .header("X-Goog-Upload-Command", "start")
        .header("X-Goog-Upload-Header-Content-Length", Long.toString(length))
        .header("X-Goog-Upload-Header-Content-Type", uploadType())
        .header("Content-Type", JSON)
        .POST(BodyPublishers.ofByteArray(json))
        .build();
  }

  HttpRequest queryUpload(URI session) {
    return to(session)
        .header("X-Goog-Upload-Command", "query")
        .POST(BodyPublishers.noBody())
        .build();
  }

  HttpRequest upload(URI session, String command, long offset, HttpRequest.BodyPublisher bytes) {
    return to(session)
        .header("X-Goog-Upload-Command", command)
        .header("X-Goog-Upload-Offset", Long.toString(offset))
        .POST(bytes)
        .build();
  }

  /** Media type of input files. */
  String uploadType() {
    return Objects.requireNonNullElse(account.wire().uploadType(), UPLOAD_TYPE);
  }

  /** An address that was answered, such as an upload's session, when it is of this server. */
  Optional<URI> resolve(String answered) {
    return AnsweredAddress.of(account.baseUrl(), answered);
  }

  /** A resource's name such as {@code files/abc} as a path. */
  static String path(String name) {
    return Arrays.stream(name.split("/", -1)).map(PathSegment::of).collect(Collectors.joining("/"));
  }

  /** A model's path, whether its name has its collection before it or not. */
  static String model(String name) {
    return path(name.contains("/") ? name : "models/" + name);
  }

  private HttpRequest.Builder to(String pathAndQuery) {
    return to(URI.create(account.baseUrl() + pathAndQuery));
  }

  /** The key goes to no other server, whatever address was answered. */
  private HttpRequest.Builder to(URI address) {
    HttpRequest.Builder request = HttpRequest.newBuilder(address).version(Version.HTTP_1_1);
    if (!Objects.equals(address.getAuthority(), account.baseUrl().getAuthority())) {
      return request;
    }
    if (account.wire().authOr(AuthHeader.API_KEY) == AuthHeader.API_KEY) {
      request.header("x-goog-api-key", account.requireKey());
    } else {
      request.header("Authorization", "Bearer " + account.requireKey());
    }
    if (account.project() != null) {
      request.header("x-goog-user-project", account.project());
    }
    return request;
  }
}
