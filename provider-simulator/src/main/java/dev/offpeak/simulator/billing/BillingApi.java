package dev.offpeak.simulator.billing;

import dev.offpeak.simulator.anthropic.wire.AnthropicErrors;
import dev.offpeak.simulator.anthropic.wire.AnthropicFront;
import dev.offpeak.simulator.gemini.wire.GeminiFront;
import dev.offpeak.simulator.http.Refusal;
import dev.offpeak.simulator.http.Reply;
import dev.offpeak.simulator.http.ReplySender;
import dev.offpeak.simulator.json.Json;
import dev.offpeak.simulator.json.RulesReader;
import dev.offpeak.simulator.ledger.Ledger;
import dev.offpeak.simulator.openai.wire.OpenAiErrors;
import dev.offpeak.simulator.openai.wire.OpenAiFront;
import dev.offpeak.simulator.time.SimClock;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The providers' APIs of usage and costs, from the simulator's own ledger and price list; and
 * {@code /_sim/invoice}, the whole of it, and {@code /_sim/billing}, what is to be wrong with it.
 * Gemini has no such API: what it charges is in the invoice only.
 */
public final class BillingApi {
  private static final long MOST_SECONDS = 253_402_300_799L;

  private final Bill bill;
  private final SimClock clock;
  private final OpenAiReports openAi;
  private final AnthropicReports anthropic;
  private final SimulatedPrices prices = SimulatedPrices.load();
  private volatile BillingRules rules;

  /** Reports that ledger. */
  public BillingApi(Ledger ledger, SimClock clock, BillingRules rules) {
    this.rules = rules;
    this.clock = clock;
    this.bill = new Bill(ledger, clock, () -> this.rules);
    this.openAi = new OpenAiReports(prices);
    this.anthropic = new AnthropicReports(prices);
  }

  private interface Answerer {
    Reply answer(ServerRequest request) throws IOException;
  }

  /** Adds the paths; before those of the providers, which answer what is left. */
  public void route(HttpRules all) {
    route(all, "/v1/organization/usage/completions", request -> openAiUsage(request, false));
    route(all, "/v1/organization/usage/embeddings", request -> openAiUsage(request, true));
    route(all, "/v1/organization/costs", this::openAiCosts);
    route(all, "/v1/organizations/usage_report/messages", request -> anthropic(request, true));
    route(all, "/v1/organizations/cost_report", request -> anthropic(request, false));
    route(all, "/_sim/invoice", request -> invoice());
    all.post("/_sim/billing", this::change);
  }

  private static void route(HttpRules all, String path, Answerer answerer) {
    all.get(
        path,
        (request, response) -> {
          try {
            ReplySender.send(response, answerer.answer(request), Long.MAX_VALUE);
          } catch (Refusal refusal) {
            Reply named = refusal.reply().named(AnthropicFront.REQUEST_ID, "req_admin");
            ReplySender.send(response, named, Long.MAX_VALUE);
          }
        });
  }

  private Reply openAiUsage(ServerRequest request, boolean embeddings) throws IOException {
    List<Charge> charges = openAiCharges(request);
    Optional<String> batch = query(request, "batch");
    List<Charge> asked =
        charges.stream()
            .filter(c -> batch.isEmpty() || batch.get().equals(Boolean.toString(c.batch())))
            .toList();
    return Reply.json(
        200,
        openAi.usage(
            openAiWindows(request, query(request, "bucket_width").orElse("1d"), 0),
            asked,
            many(request, "group_by"),
            embeddings));
  }

  private Reply openAiCosts(ServerRequest request) throws IOException {
    List<Charge> charges = openAiCharges(request);
    if (!query(request, "bucket_width").orElse("1d").equals("1d")) {
      throw OpenAiErrors.refuse("bucket_width must be 1d", "bucket_width", null);
    }
    return Reply.json(
        200,
        openAi.costs(
            openAiWindows(request, "1d", 180), charges, many(request, "group_by"), rules.digits()));
  }

  private List<Charge> openAiCharges(ServerRequest request) throws IOException {
    String key = AdminCaller.key(request);
    if (key.isEmpty()) {
      throw new Refusal(
          OpenAiErrors.reply(
              401, OpenAiErrors.ofStatus(401, null, "You didn't provide an API key.")));
    }
    String owner =
        AdminCaller.organisation(rules, key, "sk-admin-")
            .orElseThrow(
                () ->
                    new Refusal(
                        OpenAiErrors.reply(
                            403,
                            OpenAiErrors.ofStatus(
                                403,
                                null,
                                "You have insufficient permissions for this operation. Missing"
                                    + " scopes: api.usage.read."))));
    Set<String> projects = many(request, "project_ids");
    Set<String> models = many(request, "models");
    Set<String> keys = many(request, "api_key_ids");
    return bill.charges(OpenAiFront.NAME, owner).stream()
        .filter(charge -> projects.isEmpty() || projects.contains(charge.owner()))
        .filter(charge -> models.isEmpty() || models.contains(charge.model()))
        .filter(charge -> keys.isEmpty() || keys.contains(charge.key()))
        .toList();
  }

  private Windows openAiWindows(ServerRequest request, String width, int most) {
    try {
      return Windows.of(
          new Windows.Asked(
              seconds(query(request, "start_time").orElse("")) * 1000,
              query(request, "end_time").map(end -> seconds(end) * 1000).orElse(clock.millis()),
              width,
              query(request, "limit").orElse(""),
              query(request, "page").orElse(""),
              most));
    } catch (IllegalArgumentException e) {
      throw OpenAiErrors.refuse(String.valueOf(e.getMessage()), null, null);
    }
  }

  private static long seconds(String text) {
    long seconds = text.matches("\\d{1,12}") ? Long.parseLong(text) : Long.MAX_VALUE;
    if (seconds > MOST_SECONDS) {
      throw new IllegalArgumentException("start_time and end_time must be Unix seconds");
    }
    return seconds;
  }

  private Reply anthropic(ServerRequest request, boolean usage) throws IOException {
    String key = AdminCaller.key(request);
    if (key.isEmpty()) {
      throw AnthropicErrors.refusal(401, "x-api-key header is required");
    }
    String owner =
        AdminCaller.organisation(rules, key, "sk-ant-admin")
            .orElseThrow(() -> AnthropicErrors.refusal(401, "invalid x-api-key"));
    Set<String> workspaces = many(request, "workspace_ids");
    Set<String> tiers = many(request, "service_tiers");
    List<Charge> charges =
        bill.charges(AnthropicFront.NAME, owner).stream()
            .filter(charge -> workspaces.isEmpty() || workspaces.contains(charge.owner()))
            .filter(c -> tiers.isEmpty() || tiers.contains(c.batch() ? "batch" : "standard"))
            .toList();
    Windows windows = anthropicWindows(request);
    Set<String> by = many(request, "group_by");
    return Reply.json(
        200, usage ? anthropic.usage(windows, charges, by) : anthropic.costs(windows, charges, by));
  }

  private Windows anthropicWindows(ServerRequest request) {
    try {
      return Windows.of(
          new Windows.Asked(
              instant(query(request, "starting_at").orElse("")),
              query(request, "ending_at").map(BillingApi::instant).orElse(clock.millis()),
              query(request, "bucket_width").orElse("1d"),
              query(request, "limit").orElse(""),
              query(request, "page").orElse(""),
              0));
    } catch (IllegalArgumentException e) {
      throw AnthropicErrors.refuse(String.valueOf(e.getMessage()));
    }
  }

  private static long instant(String text) {
    try {
      return Instant.parse(text).toEpochMilli();
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("starting_at and ending_at must be RFC 3339 times", e);
    }
  }

  private static Optional<String> query(ServerRequest request, String name) {
    return request.query().first(name).asOptional().filter(value -> !value.isBlank());
  }

  /** Values of a list, with and without brackets behind its name. */
  private static Set<String> many(ServerRequest request, String name) {
    Set<String> values = new HashSet<>();
    for (String each : List.of(name, name + "[]")) {
      if (request.query().contains(each)) {
        values.addAll(request.query().all(each));
      }
    }
    return values;
  }

  private Reply invoice() throws IOException {
    InvoiceWriter writer = new InvoiceWriter(prices);
    for (String provider : List.of(OpenAiFront.NAME, AnthropicFront.NAME, GeminiFront.NAME)) {
      writer.add(bill.charges(provider, ""));
    }
    return Reply.lines(writer::write);
  }

  private void change(ServerRequest request, ServerResponse response) throws IOException {
    byte[] text = request.content().inputStream().readNBytes(1 << 20);
    Reply reply;
    try {
      rules = new RulesReader<>("the bill", rules, BillingRules.class).read(text);
      reply = Reply.emptyObject();
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      reply =
          Reply.json(
              400,
              Json.bytes(
                  json -> {
                    json.writeStartObject();
                    json.writeStringField("error", message);
                    json.writeEndObject();
                  }));
    }
    ReplySender.send(response, reply, Long.MAX_VALUE);
  }
}
