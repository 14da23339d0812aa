package dev.offpeak.standalone.up;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Calls a gateway as an SDK of OpenAI does. */
final class GatewayClient {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final String base;
  private final String[] headers;

  GatewayClient(String base, String... headers) {
    this.base = base;
    this.headers = headers;
  }

  /** The file stands before what it is for, as Node's SDK sends it. */
  JsonNode upload(String name, String text, String... more)
      throws IOException, InterruptedException {
    byte[] form = form(name, text);
    return JSON.readTree(
        send(with("/v1/files", more)
                .header("Content-Type", "multipart/form-data; boundary=b")
                .POST(BodyPublishers.ofByteArray(form))
                .build())
            .body());
  }

  JsonNode uploadZipped(String name, String text) throws IOException, InterruptedException {
    var zipped = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(zipped)) {
      zip.write(form(name, text));
    }
    return JSON.readTree(
        send(request("/v1/files")
                .header("Content-Type", "multipart/form-data; boundary=b")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(zipped.toByteArray()))
                .build())
            .body());
  }

  private static byte[] form(String name, String text) {
    String form =
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n".formatted(name)
            + "Content-Type: application/octet-stream\r\n\r\n"
            + text
            + "\r\n"
            + "--b\r\n"
            + "Content-Disposition: form-data; name=\"purpose\"\r\n\r\n"
            + "batch\r\n"
            + "--b--\r\n";
    return form.getBytes(UTF_8);
  }

  private HttpRequest.Builder with(String path, String... more) {
    HttpRequest.Builder request = request(path);
    for (int i = 0; i < more.length; i += 2) {
      request.header(more[i], more[i + 1]);
    }
    return request;
  }

  JsonNode createBatch(String file, String metadata, String... more)
      throws IOException, InterruptedException {
    String body =
        "{\"input_file_id\":\"%s\",\"endpoint\":\"/v1/chat/completions\",\"completion_window\":\"24h\",\"metadata\":%s}"
            .formatted(file, metadata);
    HttpRequest.Builder request =
        with("/v1/batches", more).header("Content-Type", "application/json");
    return JSON.readTree(send(request.POST(BodyPublishers.ofString(body)).build()).body());
  }

  HttpResponse<String> post(String path, String body, String... more)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = with(path, more).header("Content-Type", "application/json");
    return send(request.POST(BodyPublishers.ofString(body)).build());
  }

  HttpResponse<String> got(String path, String... more) throws IOException, InterruptedException {
    return send(with(path, more).GET().build());
  }

  JsonNode part(String upload, String text) throws IOException, InterruptedException {
    String form =
        "--b\r\nContent-Disposition: form-data; name=\"data\"; filename=\"upload\"\r\n\r\n"
            + text
            + "\r\n--b--\r\n";
    return JSON.readTree(
        send(request("/v1/uploads/" + upload + "/parts")
                .header("Content-Type", "multipart/form-data; boundary=b")
                .POST(BodyPublishers.ofString(form))
                .build())
            .body());
  }

  int cancel(String batch) throws IOException, InterruptedException {
    return send(request("/v1/batches/" + batch + "/cancel").POST(BodyPublishers.noBody()).build())
        .statusCode();
  }

  String get(String path) throws IOException, InterruptedException {
    return send(request(path).GET().build()).body();
  }

  int status(String path) throws IOException, InterruptedException {
    return send(request(path).GET().build()).statusCode();
  }

  JsonNode json(String path) throws IOException, InterruptedException {
    return JSON.readTree(get(path));
  }

  JsonNode delete(String path) throws IOException, InterruptedException {
    return JSON.readTree(send(request(path).DELETE().build()).body());
  }

  /** The lines of a file. */
  List<JsonNode> lines(String file) throws IOException, InterruptedException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : get("/v1/files/" + file + "/content").lines().toList()) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path)).header("Authorization", "Bearer any");
    return headers.length == 0 ? request : request.headers(headers);
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return http.send(request, BodyHandlers.ofString());
  }
}
