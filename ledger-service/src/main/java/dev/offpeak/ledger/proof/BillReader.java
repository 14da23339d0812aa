package dev.offpeak.ledger.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.offpeak.core.wait.RetryLater;
import dev.offpeak.ledger.config.BilledAccount;
import dev.offpeak.ledger.proof.Evidence.Cost;
import dev.offpeak.ledger.proof.Evidence.Reported;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Reads the days of a bill from the provider's usage and cost APIs. */
final class BillReader {

  private static final String BATCH = "batch";
  private static final String SYNC = "sync";

  private final BilledAccount account;
  private final ReportClient client;

  BillReader(BilledAccount account, ReportClient client) {
    this.account = account;
    this.client = client;
  }

  /**
   * From the first day to the last one.
   *
   * @throws RetryLater when the provider can't be asked now
   * @throws IOException when it answers something else
   */
  Bill read(LocalDate first, LocalDate last) throws IOException, RetryLater, InterruptedException {
    return account.provider() == BilledAccount.Kind.OPENAI
        ? openAi(first, last)
        : anthropic(first, last);
  }

  private Bill openAi(LocalDate first, LocalDate last)
      throws IOException, RetryLater, InterruptedException {
    String days =
        "?bucket_width=1d&limit=31&start_time=%d&end_time=%d"
            .formatted(seconds(first), seconds(last.plusDays(1)));
    days += projects("&project_ids[]=");
    List<Reported> usage = new ArrayList<>();
    BiConsumer<LocalDate, JsonNode> taken =
        (day, of) -> usage.add(new Reported(day, openAiWhat(of), openAiUsed(of)));
    String by = "&group_by[]=model&group_by[]=batch";
    pages("/v1/organization/usage/completions" + days + by, taken);
    pages("/v1/organization/usage/embeddings" + days + "&group_by[]=model", taken);
    List<Cost> costs = new ArrayList<>();
    pages(
        "/v1/organization/costs" + days + "&group_by[]=line_item",
        (day, of) ->
            costs.add(
                new Cost(
                    day,
                    of.path("line_item").asText("in all"),
                    of.path("amount").path("value").decimalValue())));
    return new Bill(usage, costs);
  }

  /** Of embeddings it is not said whether they were batches: what is said of them is a batch. */
  private static What openAiWhat(JsonNode of) {
    boolean live = of.has(BATCH) && !of.path(BATCH).asBoolean();
    return new What(of.path("model").asText(), live ? SYNC : BATCH);
  }

  private static Used openAiUsed(JsonNode of) {
    return new Used(
        of.path("num_model_requests").asLong(),
        of.path("input_tokens").asLong(),
        of.path("input_cached_tokens").asLong(),
        of.path("input_cache_write_tokens").asLong(),
        of.path("output_tokens").asLong());
  }

  private Bill anthropic(LocalDate first, LocalDate last)
      throws IOException, RetryLater, InterruptedException {
    String days =
        "?bucket_width=1d&limit=31&starting_at=%sT00:00:00Z&ending_at=%sT00:00:00Z"
            .formatted(first, last.plusDays(1));
    days += projects("&workspace_ids[]=");
    List<Reported> usage = new ArrayList<>();
    pages(
        "/v1/organizations/usage_report/messages"
            + days
            + "&group_by[]=model&group_by[]=service_tier",
        (day, of) -> usage.add(new Reported(day, anthropicWhat(of), anthropicUsed(of))));
    List<Cost> costs = new ArrayList<>();
    pages(
        "/v1/organizations/cost_report" + days + "&group_by[]=description",
        (day, of) ->
            costs.add(
                new Cost(
                    day,
                    of.path("model").asText("") + ", " + of.path("description").asText(""),
                    new BigDecimal(of.path("amount").asText("0")).movePointLeft(2))));
    return new Bill(usage, costs);
  }

  private static What anthropicWhat(JsonNode of) {
    boolean batch = of.path("service_tier").asText().equals(BATCH);
    return new What(of.path("model").asText(), batch ? BATCH : SYNC);
  }

  /** Anthropic reports do not say how many requests there were. */
  private static Used anthropicUsed(JsonNode of) {
    long cached = of.path("cache_read_input_tokens").asLong();
    JsonNode creation = of.path("cache_creation");
    long written =
        creation.path("ephemeral_5m_input_tokens").asLong()
            + creation.path("ephemeral_1h_input_tokens").asLong();
    long plain = of.path("uncached_input_tokens").asLong();
    return new Used(
        0, plain + cached + written, cached, written, of.path("output_tokens").asLong());
  }

  private String projects(String name) {
    StringBuilder query = new StringBuilder();
    account.projects().forEach(project -> query.append(name).append(ReportClient.coded(project)));
    return query.toString();
  }

  private void pages(String path, BiConsumer<LocalDate, JsonNode> taken)
      throws IOException, RetryLater, InterruptedException {
    for (JsonNode bucket : client.buckets(account, path)) {
      LocalDate day = day(bucket);
      bucket.path("results").forEach(result -> taken.accept(day, result));
    }
  }

  private static LocalDate day(JsonNode bucket) {
    Instant start =
        bucket.has("starting_at")
            ? Instant.parse(bucket.path("starting_at").asText())
            : Instant.ofEpochSecond(bucket.path("start_time").asLong());
    return LocalDate.ofInstant(start, ZoneOffset.UTC);
  }

  private static long seconds(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
  }
}
