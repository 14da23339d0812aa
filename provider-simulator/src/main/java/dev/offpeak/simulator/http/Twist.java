package dev.offpeak.simulator.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.offpeak.simulator.fault.Hostility;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes true answers say something else. */
final class Twist {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> STATES = Set.of("status", "processing_status", "state");
  private static final Set<String> RESULT_FILES =
      Set.of("output_file_id", "error_file_id", "results_url", "responsesFile");
  private static final Set<String> IDS = Set.of("id", "name");
  private static final List<String> ODD =
      List.of("9".repeat(5_000), "NaN", "-9223372036854775808", "1e30", "-1", "1e999999");

  private final Hostility hostility;
  private int numbers;
  private int lines;

  private Twist(Hostility hostility) {
    this.hostility = hostility;
  }

  /**
   * A good answer, changed.
   *
   * @param isResults whether its body is lines of results
   */
  static Reply of(Hostility hostility, Reply reply, boolean isResults) throws IOException {
    if (reply.status() >= 300) {
      return reply;
    }
    byte[] body = ReplyBytes.of(reply);
    Twist twist = new Twist(hostility);
    byte[] changed = isResults ? twist.lines(body) : twist.answer(body);
    return new Reply(
        reply.status(), reply.contentType(), reply.headers(), new Reply.Body.Bytes(changed));
  }

  private byte[] answer(byte[] body) throws IOException {
    JsonNode answer = JSON.readTree(body);
    if (answer instanceof ObjectNode object) {
      change(object, false);
      if (hostility == Hostility.OTHER_ID) {
        IDS.stream().filter(object::has).forEach(id -> object.put(id, other(object.path(id))));
      }
    }
    return JSON.writeValueAsBytes(answer);
  }

  private static String other(JsonNode id) {
    return id.asText() + "-of-another";
  }

  private void change(ObjectNode object, boolean isCounts) {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      String name = field.getKey();
      JsonNode value = field.getValue();
      if (value instanceof ObjectNode inner) {
        change(inner, name.equals("request_counts") || name.equals("batchStats"));
      } else if (value instanceof ArrayNode array) {
        for (JsonNode element : array) {
          if (element instanceof ObjectNode inner) {
            change(inner, false);
          }
        }
      } else {
        field.setValue(changed(name, value, isCounts));
      }
    }
  }

  private JsonNode changed(String name, JsonNode value, boolean isCount) {
    boolean isNumber = value.isNumber() || (isCount && value.isTextual());
    return switch (hostility) {
      case ODD_NUMBERS -> isNumber ? odd() : value;
      case UNKNOWN_STATUS -> STATES.contains(name) ? TextNode.valueOf("rebalancing") : value;
      case COUNTS_TOO_HIGH -> isCount && isNumber ? count(value.asLong() * 10 + 7, value) : value;
      case COUNTS_TOO_LOW -> isCount && isNumber ? count(0, value) : value;
      case COUNTS_NEGATIVE -> isCount && isNumber ? count(-1 - value.asLong(), value) : value;
      case FILES_MISSING -> RESULT_FILES.contains(name) ? JSON.nullNode() : value;
      default -> value;
    };
  }

  private JsonNode odd() {
    return JSON.getNodeFactory().rawValueNode(new RawValue(ODD.get(numbers++ % ODD.size())));
  }

  private static JsonNode count(long number, JsonNode like) {
    return like.isTextual()
        ? TextNode.valueOf(Long.toString(number))
        : JSON.getNodeFactory().numberNode(number);
  }

  private byte[] lines(byte[] body) throws IOException {
    StringBuilder out = new StringBuilder();
    for (String line : new String(body, UTF_8).lines().toList()) {
      if (!line.isBlank()) {
        out.append(line(line));
      }
    }
    return out.toString().getBytes(UTF_8);
  }

  private String line(String line) throws IOException {
    return switch (hostility) {
      case FOREIGN_LINES -> foreign(line) + line + "\n";
      case DOUBLED_LINES -> line + "\n" + line + "\n";
      case CONTRADICTED_LINES -> line + "\n" + contradicted(line);
      case OTHER_LINES -> foreign(line);
      default -> {
        ObjectNode node = object(line);
        change(node, false);
        yield JSON.writeValueAsString(node) + "\n";
      }
    };
  }

  private static ObjectNode object(String line) throws IOException {
    return (ObjectNode) JSON.readTree(line);
  }

  private String foreign(String line) throws IOException {
    ObjectNode node = object(line);
    node.put(node.has("custom_id") ? "custom_id" : "key", "of-another-" + lines++);
    return JSON.writeValueAsString(node) + "\n";
  }

  private static String contradicted(String line) throws IOException {
    ObjectNode node = object(line);
    if (node.path("result") instanceof ObjectNode result) {
      result.removeAll();
      result.put("type", "errored").putObject("error").put("type", "error");
      result
          .withObject("error")
          .putObject("error")
          .put("type", "api_error")
          .put("message", "It failed after all.");
    } else if (node.has("custom_id")) {
      ObjectNode response = node.putObject("response").put("status_code", 500);
      response.putObject("body").putObject("error").put("message", "It failed after all.");
    } else {
      node.remove("response");
      node.putObject("error").put("code", 13).put("message", "It failed after all.");
    }
    return JSON.writeValueAsString(node) + "\n";
  }
}
