package dev.offpeak.simulator.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.offpeak.simulator.fault.FaultJson;
import dev.offpeak.simulator.fault.Faults;
import dev.offpeak.simulator.http.AccessKeys;
import dev.offpeak.simulator.ledger.CallLog;
import dev.offpeak.simulator.ledger.Ledger;
import dev.offpeak.simulator.ledger.LedgerQuery;
import dev.offpeak.simulator.provider.StandIn;
import dev.offpeak.simulator.time.SimClock;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The endpoints below {@code /_sim}. They ask for no key: the simulator holds nothing secret. */
public final class AdminApi {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
  private static final int MAX_BODY_BYTES = 1 << 20;

  private final Ledger ledger;
  private final CallLog calls;
  private final List<StandIn> standIns;
  private final Faults faults;
  private final AccessKeys keys;
  private final SimClock clock;

  /** Wires the endpoints. */
  public AdminApi(
      Ledger ledger,
      CallLog calls,
      List<StandIn> standIns,
      Faults faults,
      AccessKeys keys,
      SimClock clock) {
    this.ledger = ledger;
    this.calls = calls;
    this.standIns = standIns;
    this.faults = faults;
    this.keys = keys;
    this.clock = clock;
  }

  /** Adds the paths. */
  public void route(HttpRules rules) {
    rules.get("/_sim/ledger", this::ledger);
    rules.get("/_sim/ledger/summary", this::summary);
    rules.get("/_sim/calls", (request, response) -> send(response, calls.counts()));
    rules.get("/_sim/faults", (request, response) -> sendFaults(response));
    rules.post("/_sim/faults", checked(this::addFaults));
    rules.delete("/_sim/faults", (request, response) -> clearFaults(response));
    rules.post("/_sim/keys/revoke", checked((q, r) -> changeKey(q, r, true)));
    rules.post("/_sim/keys/restore", checked((q, r) -> changeKey(q, r, false)));
    rules.get("/_sim/clock", (request, response) -> sendClock(response));
    rules.post("/_sim/clock", checked(this::advance));
  }

  private static Handler checked(Handler handler) {
    return (request, response) -> {
      try {
        handler.handle(request, response);
      } catch (IllegalArgumentException e) {
        response.status(Status.BAD_REQUEST_400);
        send(response, MAPPER.createObjectNode().put("error", e.getMessage()));
      }
    };
  }

  private void ledger(ServerRequest request, ServerResponse response) throws IOException {
    LedgerQuery query =
        new LedgerQuery(
            query(request, "custom_id"),
            query(request, "job"),
            query(request, "provider"),
            query(request, "body"));
    response.header(HeaderNames.CONTENT_TYPE, "application/x-ndjson");
    try (OutputStream out = response.outputStream()) {
      ledger.stream(query, out);
    }
  }

  private static @Nullable String query(ServerRequest request, String name) {
    return request.query().first(name).orElse(null);
  }

  private void summary(ServerRequest request, ServerResponse response) throws IOException {
    ObjectNode summary = MAPPER.valueToTree(ledger.summary());
    summary.put("deletes", calls.effects("delete_batch"));
    summary.put("uploads", calls.effects("upload_file"));
    summary.put("creates", calls.effects("create_batch"));
    summary.put("cancels", calls.effects("cancel_batch"));
    summary.put("files_left", standIns.stream().mapToLong(StandIn::filesLeft).sum());
    send(response, summary);
  }

  private void sendFaults(ServerResponse response) {
    response.header(HeaderNames.CONTENT_TYPE, "application/json");
    response.send(FaultJson.write(faults.list()));
  }

  private void addFaults(ServerRequest request, ServerResponse response) throws IOException {
    faults.add(FaultJson.read(body(request)));
    sendFaults(response);
  }

  private void clearFaults(ServerResponse response) {
    faults.clear();
    sendFaults(response);
  }

  private void changeKey(ServerRequest request, ServerResponse response, boolean revoke)
      throws IOException {
    String key = field(request, "key");
    if (revoke) {
      keys.revoke(key);
    } else {
      keys.restore(key);
    }
    send(response, MAPPER.createObjectNode().put("revoked", revoke));
  }

  private void advance(ServerRequest request, ServerResponse response) throws IOException {
    String by = field(request, "advance");
    try {
      clock.advance(Duration.parse(by));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "advance is '" + by + "'; it must be a duration such as PT24H or PT0.5S", e);
    }
    sendClock(response);
  }

  private void sendClock(ServerResponse response) throws IOException {
    send(response, MAPPER.createObjectNode().put("now", clock.now().toString()));
  }

  private static String field(ServerRequest request, String name) throws IOException {
    JsonNode body = MAPPER.readTree(body(request));
    String value = body.path(name).asText();
    if (value.isBlank()) {
      throw new IllegalArgumentException("The body must be {\"" + name + "\": \"…\"}");
    }
    return value;
  }

  private static byte[] body(ServerRequest request) throws IOException {
    return request.content().hasEntity()
        ? request.content().inputStream().readNBytes(MAX_BODY_BYTES)
        : new byte[0];
  }

  private static void send(ServerResponse response, Object value) throws IOException {
    response.header(HeaderNames.CONTENT_TYPE, "application/json");
    response.send(MAPPER.writeValueAsBytes(value));
  }
}
