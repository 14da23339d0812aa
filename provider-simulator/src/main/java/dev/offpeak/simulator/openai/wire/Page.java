package dev.offpeak.simulator.openai.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.simulator.http.Exchange;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param data its items
 * @param firstId id of the first, null when there is none
 * @param lastId id of the last, likewise
 * @param hasMore whether another page follows
 */
public record Page<T>(
    List<T> data, @Nullable String firstId, @Nullable String lastId, boolean hasMore) {
  /** Writes an item. */
  @FunctionalInterface
  public interface ItemWriter<T> {
    void write(JsonGenerator json, T item) throws IOException;
  }

  /** The page behind {@code after}, or the first one. */
  public static <T> Page<T> of(List<T> all, Function<T, String> id, Exchange exchange, int limit) {
    int from = 0;
    String after = exchange.query("after").orElse("");
    if (!after.isEmpty()) {
      while (from < all.size() && !id.apply(all.get(from)).equals(after)) {
        from++;
      }
      if (from == all.size()) {
        throw OpenAiErrors.notFound("No object found with id '" + after + "'.", "after");
      }
      from++;
    }
    List<T> data = all.subList(from, Math.min(all.size(), from + limit));
    boolean none = data.isEmpty();
    return new Page<>(
        data,
        none ? null : id.apply(data.getFirst()),
        none ? null : id.apply(data.getLast()),
        from + data.size() < all.size());
  }

  /** The {@code limit} asked for; refused when it is not from 1 to the most. */
  public static int limit(Exchange exchange, int usual, int most) {
    String text = exchange.query("limit").orElse(Integer.toString(usual));
    int limit = text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
    if (limit < 1 || limit > most) {
      throw OpenAiErrors.refuse(
          "Invalid 'limit': '%s'. Expected an integer from 1 to %d.".formatted(text, most),
          "limit",
          "invalid_value");
    }
    return limit;
  }

  /** The {@code order} asked for: {@code asc} or {@code desc}, which is the default. */
  public static String order(Exchange exchange) {
    String order = exchange.query("order").orElse("desc");
    if (!order.equals("asc") && !order.equals("desc")) {
      throw OpenAiErrors.refuse(
          "Invalid value: '" + order + "'. Supported values are: 'asc' and 'desc'.",
          "order",
          "invalid_value");
    }
    return order;
  }

  /** Writes the page as OpenAI writes lists. */
  public void write(JsonGenerator json, ItemWriter<T> writer) throws IOException {
    json.writeStartObject();
    json.writeStringField("object", "list");
    json.writeArrayFieldStart("data");
    for (T item : data) {
      writer.write(json, item);
    }
    json.writeEndArray();
    json.writeStringField("first_id", firstId);
    json.writeStringField("last_id", lastId);
    json.writeBooleanField("has_more", hasMore);
    json.writeEndObject();
  }
}
