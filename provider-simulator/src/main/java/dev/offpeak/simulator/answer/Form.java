package dev.offpeak.simulator.answer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.offpeak.simulator.chance.Mix;
import dev.offpeak.simulator.json.Json;
import dev.offpeak.simulator.schema.SchemaInstance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What form a request wants its answer to have: words, JSON that a schema takes, or a call of a
 * tool. A plain structure that the scanners fill field by field.
 */
public final class Form {
  private static final int CHARS_PER_TOKEN = 4;

  /** The schema of the answer, null when it may be anything. */
  public @Nullable JsonNode schema;

  /** Whether the answer is one of the names of an enum, by itself and not in quotes. */
  public boolean bare;

  /** The most tokens that may be written: a text that is longer is cut off there. */
  public long maxTokens = Long.MAX_VALUE;

  /** The tools that there are. */
  public final List<Tool> tools = new ArrayList<>();

  /** Whether one of them has to be called. */
  public boolean mustCall;

  /** Those that may be called; empty: all. */
  public final List<String> callable = new ArrayList<>();

  /** Whether the request names the one tool that it wants. */
  public boolean named;

  /** A call of a tool. */
  public record Call(String name, JsonNode arguments) {
    /** The arguments as they are written. */
    public String text() {
      return arguments.toString();
    }
  }

  /** The call that the answer is, if it has to be one. */
  public Optional<Call> call(long seed) {
    List<Tool> possible =
        tools.stream().filter(t -> callable.isEmpty() || callable.contains(t.name())).toList();
    if (!mustCall || possible.isEmpty()) {
      return Optional.empty();
    }
    int chosen = (int) Long.remainderUnsigned(Mix.mix(seed, 5), possible.size());
    Tool tool = possible.get(chosen);
    return Optional.of(new Call(tool.name(), SchemaInstance.of(tool.parameters(), seed)));
  }

  /** The text that the answer is, if it has to fit a schema. */
  public Optional<String> text(long seed) {
    JsonNode wanted = schema;
    if (wanted == null) {
      return Optional.empty();
    }
    JsonNode value = SchemaInstance.of(wanted, seed);
    return Optional.of(cut(bare ? value.asText() : value.toString()));
  }

  /** The tokens of what has to be written, -1 where that is left open. */
  public long tokens(long seed) {
    return call(seed)
        .map(Call::text)
        .or(() -> text(seed))
        .map(text -> Math.ceilDiv(text.length(), (long) CHARS_PER_TOKEN))
        .orElse(-1L);
  }

  private String cut(String text) {
    int most = (int) Math.min(text.length(), Math.min(maxTokens, text.length()) * CHARS_PER_TOKEN);
    return text.substring(0, Math.max(0, most));
  }

  /** The first tool that was asked for by its name and is not there. */
  public Optional<String> missing() {
    return callable.stream()
        .filter(name -> tools.stream().noneMatch(tool -> tool.name().equals(name)))
        .findFirst();
  }

  /** A schema that takes any object: of tools that say nothing of their arguments. */
  public static JsonNode anyObject() {
    return Json.MAPPER.createObjectNode().put("type", "object");
  }
}
