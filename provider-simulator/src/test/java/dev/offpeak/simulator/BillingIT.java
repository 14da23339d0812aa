package dev.offpeak.simulator;

import static dev.offpeak.simulator.Lines.chats;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BillingIT {
  private static final String CHAT = "/v1/chat/completions";
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private Simulator simulator;
  private OpenAiClient client;

  @BeforeEach
  void start() throws IOException {
    simulator = Simulator.start(SimulatorConfig.defaults());
    client = OpenAiClient.of(simulator);
  }

  @AfterEach
  void stop() throws IOException {
    simulator.close();
  }

  private HttpResponse<String> get(String path, String key) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(simulator.rootUri() + path.replace("[]", "%5B%5D")))
            .header("Authorization", "Bearer " + key)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private String costs() {
    long day = simulator.clock().seconds() / 86_400 * 86_400;
    return "/v1/organization/costs?start_time=" + (day - 86_400) + "&group_by[]=line_item";
  }

  private BigDecimal charged() throws Exception {
    String body = get(costs(), "sk-admin-1").body();
    BigDecimal sum = BigDecimal.ZERO;
    Matcher amounts = Pattern.compile("\"value\":([^,]+),").matcher(body);
    while (amounts.find()) {
      sum = sum.add(new BigDecimal(amounts.group(1)));
    }
    return sum;
  }

  private BigDecimal invoiced() throws Exception {
    return get("/_sim/invoice", "none")
        .body()
        .lines()
        .map(line -> new BigDecimal(line.replaceFirst(".*\"amount_usd\":([0-9.]+)}.*", "$1")))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  @Test
  void reportsWhatItHasExecutedByBucketAndTakesAdminKeysOnly() throws Exception {
    client.ran(chats(5), CHAT);
    long day = simulator.clock().seconds() / 86_400 * 86_400;
    String usage =
        "/v1/organization/usage/completions?start_time="
            + (day - 3 * 86_400)
            + "&end_time="
            + (day + 86_400)
            + "&bucket_width=1d&group_by[]=model&group_by[]=batch&limit=3";
    JsonNode first = WireClient.parse(get(usage, "sk-admin-1").body());
    JsonNode second =
        WireClient.parse(
            get(usage + "&page=" + first.path("next_page").asText(), "sk-admin-1").body());
    assertThat(first.path("data")).hasSize(3);
    assertThat(first.path("has_more").booleanValue()).isTrue();
    assertThat(second.path("has_more").booleanValue()).isFalse();
    List<JsonNode> results = new ArrayList<>();
    first.path("data").forEach(bucket -> bucket.path("results").forEach(results::add));
    second.path("data").forEach(bucket -> bucket.path("results").forEach(results::add));
    assertThat(results.stream().mapToInt(each -> each.path("num_model_requests").asInt()).sum())
        .isEqualTo(5);
    assertThat(results.getFirst().path("batch").booleanValue()).isTrue();
    assertThat(results.stream().mapToLong(each -> each.path("input_tokens").asLong()).sum())
        .isEqualTo(client.admin("GET", "/ledger/summary", "").path("input_tokens").asLong());
    assertThat(get(usage, "sk-project").statusCode()).isEqualTo(403);
  }

  @Test
  void writesAmountsOf34DigitsThatAddUpToTheInvoice() throws Exception {
    client.ran(chats(3), CHAT);
    String body = get(costs(), "sk-admin-1").body();
    assertThat(body).contains("0E-6176").containsPattern("\"value\":0\\.0*[1-9][0-9]{33},");
    assertThat(charged()).isEqualByComparingTo(invoiced()).isPositive();
  }

  @Test
  void billsWronglyWhenItIsToldTo() throws Exception {
    client.ran(chats(4), CHAT);
    BigDecimal honest = invoiced();
    client.adminText("POST", "/billing", "{\"price_factor\":{\"gpt-4o-mini\":1.5}}");
    assertThat(charged()).isEqualByComparingTo(honest.multiply(new BigDecimal("1.5")));
    client.adminText("POST", "/billing", "{\"price_factor\":{\"gpt-4o-mini\":1},\"dropped\":1}");
    BigDecimal dropped = invoiced();
    assertThat(dropped).isLessThan(honest);
    client.adminText("POST", "/billing", "{\"dropped\":0,\"doubled\":1}");
    assertThat(invoiced().add(dropped)).isEqualByComparingTo(honest.add(honest));
    client.adminText("POST", "/billing", "{\"doubled\":0,\"foreign_requests\":2}");
    assertThat(invoiced().subtract(honest)).isEqualByComparingTo("0.00015");
    client.adminText("POST", "/billing", "{\"foreign_requests\":0,\"late_hours\":5}");
    assertThat(invoiced()).isEqualByComparingTo("0");
  }

  @Test
  void anthropicsReportsAreInCents() throws Exception {
    AnthropicClient anthropic = AnthropicClient.of(simulator);
    assertThat(anthropic).isNotNull();
    String day = simulator.clock().now().toString().substring(0, 10) + "T00:00:00Z";
    HTTP.send(
        HttpRequest.newBuilder(URI.create(simulator.rootUri() + "/v1/messages"))
            .header("x-api-key", "any")
            .header("anthropic-version", "2023-06-01")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"model\":\"claude-haiku-4-5\",\"max_tokens\":9,\"messages\":[{\"role\":"
                        + "\"user\",\"content\":\"Hello\"}]}"))
            .build(),
        HttpResponse.BodyHandlers.ofString());
    JsonNode costs =
        WireClient.parse(
            get(
                    "/v1/organizations/cost_report?starting_at=" + day + "&group_by[]=description",
                    "sk-ant-admin-1")
                .body());
    BigDecimal cents = BigDecimal.ZERO;
    for (JsonNode result : costs.at("/data/0/results")) {
      assertThat(result.path("amount").isTextual()).isTrue();
      cents = cents.add(new BigDecimal(result.path("amount").textValue()));
    }
    assertThat(cents.movePointLeft(2)).isEqualByComparingTo(invoiced()).isPositive();
    assertThat(get("/v1/organizations/cost_report?starting_at=" + day, "any").statusCode())
        .isEqualTo(401);
  }
}
