package dev.offpeak.ledger.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.offpeak.core.wait.RetryLater;
import dev.offpeak.ledger.config.BilledAccount;
import dev.offpeak.schemas.record.Clip;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks for all pages of a report. Amounts keep each digit that they are written with. */
final class ReportClient implements AutoCloseable {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MOST_BYTES = 32 << 20;
  private static final int MOST_PAGES = 1000;
  private static final int OK = 200;
  private static final int SHOWN = 300;

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  /** A value of a query. */
  static String coded(String value) {
    return URLEncoder.encode(value, UTF_8);
  }

  /** The buckets of all pages. */
  List<JsonNode> buckets(BilledAccount account, String path)
      throws IOException, RetryLater, InterruptedException {
    List<JsonNode> buckets = new ArrayList<>();
    String page = "";
    for (int i = 0; i < MOST_PAGES; i++) {
      JsonNode answer = ask(account, path + page);
      answer.path("data").forEach(buckets::add);
      String next = answer.path("next_page").asText("");
      if (!answer.path("has_more").asBoolean() || next.isEmpty()) {
        return buckets;
      }
      page = "&page=" + coded(next);
    }
    throw new IOException("the report has more than " + MOST_PAGES + " pages");
  }

  private JsonNode ask(BilledAccount account, String path)
      throws IOException, RetryLater, InterruptedException {
    String query = path.replace("[", "%5B").replace("]", "%5D");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(account.url() + query)).timeout(PATIENCE);
    String key = account.adminKey().reveal();
    if (account.provider() == BilledAccount.Kind.ANTHROPIC) {
      request.header("x-api-key", key).header("anthropic-version", "2023-06-01");
    } else {
      request.header("Authorization", "Bearer " + key);
    }
    HttpResponse<InputStream> answer;
    byte[] body;
    try {
      answer = http.send(request.build(), BodyHandlers.ofInputStream());
      try (InputStream in = answer.body()) {
        body = in.readNBytes(MOST_BYTES + 1);
      }
    } catch (IOException e) {
      throw RetryLater.soon(e);
    }
    return read(answer.statusCode(), body);
  }

  private static JsonNode read(int status, byte[] body) throws IOException, RetryLater {
    if (status == 429 || status >= 500) {
      throw RetryLater.soon("it answers with " + status);
    }
    if (status != OK) {
      String words = Clip.text(new String(body, UTF_8), SHOWN);
      throw new IOException("it answers with " + status + ": " + words);
    }
    if (body.length > MOST_BYTES) {
      throw new IOException("a page of its report is longer than " + MOST_BYTES + " bytes");
    }
    try {
      JsonNode answer = JSON.readTree(body);
      if (!answer.path("data").isArray()) {
        throw new IOException("its answer is no report: it has no list 'data'");
      }
      return answer;
    } catch (JsonProcessingException e) {
      throw new IOException("its answer is no JSON", e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
