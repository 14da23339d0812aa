package dev.offpeak.simulator.openai.webhook;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.offpeak.simulator.http.Exchange;
import dev.offpeak.simulator.http.Reply;
import dev.offpeak.simulator.json.Json;
import dev.offpeak.simulator.openai.wire.Listing;
import dev.offpeak.simulator.openai.wire.OpenAiErrors;
import dev.offpeak.simulator.openai.wire.OpenAiErrors.ErrorBody;
import dev.offpeak.simulator.store.Ids;
import dev.offpeak.simulator.time.SimClock;
import dev.offpeak.simulator.webhook.Courier;
import dev.offpeak.simulator.webhook.Endpoint;
import dev.offpeak.simulator.webhook.EndpointBoard;
import dev.offpeak.simulator.webhook.Event;
import java.io.IOException;
import java.time.Duration;

/** {@code /v1/webhook_endpoints}. */
public final class EndpointsApi {
  private static final int USUAL_LIST = 20;
  private static final int MAX_LIST = 100;
  private static final int MAX_BODY_BYTES = 1 << 16;
  private static final int HINT_CHARS = 4;
  private static final Duration OVERLAP = Duration.ofDays(1);

  private final EndpointBoard board;
  private final Courier courier;
  private final Ids ids;
  private final SimClock clock;

  /** Serves the endpoints of a board. */
  public EndpointsApi(EndpointBoard board, Courier courier, Ids ids, SimClock clock) {
    this.board = board;
    this.courier = courier;
    this.ids = ids;
    this.clock = clock;
  }

  /** {@code POST /v1/webhook_endpoints}. */
  public Reply create(Exchange exchange) throws IOException {
    JsonNode body = body(exchange);
    Endpoint endpoint =
        board.create(
            "we_",
            exchange.owner(),
            EndpointReader.name(body),
            EndpointReader.url(body),
            EndpointReader.events(body),
            clock.seconds());
    return reply(endpoint, true);
  }

  /** {@code GET /v1/webhook_endpoints}. */
  public Reply list(Exchange exchange) {
    int limit = Listing.limit(exchange, USUAL_LIST, MAX_LIST);
    return Listing.reply(
        board.list(exchange.owner()),
        Endpoint::id,
        exchange,
        limit,
        (json, endpoint) -> write(json, endpoint, false));
  }

  /** {@code GET /v1/webhook_endpoints/{id}}. */
  public Reply get(Exchange exchange) {
    return reply(find(exchange), false);
  }

  /** {@code POST /v1/webhook_endpoints/{id}}. */
  public Reply update(Exchange exchange) throws IOException {
    Endpoint endpoint = find(exchange);
    JsonNode body = body(exchange);
    Endpoint changed =
        endpoint.changed(
            body.has("name") ? EndpointReader.name(body) : endpoint.name(),
            body.has("url") ? EndpointReader.url(body) : endpoint.url(),
            body.has("event_types") ? EndpointReader.events(body) : endpoint.events(),
            clock.seconds());
    board.save(changed);
    return reply(changed, false);
  }

  /** {@code DELETE /v1/webhook_endpoints/{id}}. */
  public Reply delete(Exchange exchange) throws IOException {
    Endpoint endpoint = find(exchange);
    board.delete(endpoint);
    return Reply.json(
        200,
        Json.bytes(
            json -> {
              json.writeStartObject();
              json.writeStringField("id", endpoint.id());
              json.writeStringField("object", "webhook_endpoint.deleted");
              json.writeBooleanField("deleted", true);
              json.writeEndObject();
            }));
  }

  /** {@code POST /v1/webhook_endpoints/{id}/rotate_secret}. */
  public Reply rotate(Exchange exchange) throws IOException {
    Endpoint endpoint = find(exchange);
    boolean keepOld = body(exchange).path("keep_old_secret_active_for_24_hours").asBoolean();
    Endpoint rotated =
        endpoint.rotated(
            board.newSecret(),
            clock.millis() + (keepOld ? OVERLAP.toMillis() : 0),
            clock.seconds());
    board.save(rotated);
    return reply(rotated, true);
  }

  /** {@code POST /v1/webhook_endpoints/{id}/test}: one event now, whatever becomes of it. */
  public Reply test(Exchange exchange) throws IOException {
    Endpoint endpoint = find(exchange);
    String type = EndpointReader.event(body(exchange));
    Event event = EventJson.event(ids.next("evt_"), type, ids.next("test_"), clock.seconds());
    int status = courier.post(endpoint, event);
    return Reply.json(
        200,
        Json.bytes(
            json -> {
              json.writeStartObject();
              json.writeStringField("object", "webhook_endpoint.test_result");
              json.writeStringField("webhook_endpoint_id", endpoint.id());
              json.writeStringField("event_type", type);
              json.writeBooleanField("success", Courier.taken(status));
              json.writeNumberField("status_code", status);
              json.writeEndObject();
            }));
  }

  private static JsonNode body(Exchange exchange) throws IOException {
    Reply tooLarge =
        OpenAiErrors.reply(
            413,
            new ErrorBody("The request is too large.", OpenAiErrors.INVALID_REQUEST, null, null));
    return EndpointReader.object(exchange.body(MAX_BODY_BYTES, tooLarge));
  }

  private Endpoint find(Exchange exchange) {
    String id = exchange.path("id");
    return board
        .find(exchange.owner(), id)
        .orElseThrow(
            () -> OpenAiErrors.notFound("No webhook endpoint found with id '" + id + "'.", "id"));
  }

  private static Reply reply(Endpoint endpoint, boolean withSecret) {
    return Reply.json(200, Json.bytes(json -> write(json, endpoint, withSecret)));
  }

  private static void write(JsonGenerator json, Endpoint endpoint, boolean withSecret)
      throws IOException {
    String secret = endpoint.secret();
    json.writeStartObject();
    json.writeStringField("id", endpoint.id());
    json.writeStringField("object", "webhook_endpoint");
    json.writeStringField("name", endpoint.name());
    json.writeStringField("url", endpoint.url());
    json.writeArrayFieldStart("event_types");
    for (String event : endpoint.events()) {
      json.writeString(event);
    }
    json.writeEndArray();
    json.writeNumberField("created_at", endpoint.createdAt());
    json.writeNumberField("updated_at", endpoint.updatedAt());
    json.writeStringField("signing_secret_hint", secret.substring(secret.length() - HINT_CHARS));
    if (withSecret) {
      json.writeStringField("signing_secret", secret);
    }
    json.writeEndObject();
  }
}
