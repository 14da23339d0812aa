package dev.offpeak.simulator.provider;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/**
 * A page of a list.
 *
 * @param data its items
 * @param id names an item
 * @param hasMore whether more items follow in the direction of the listing
 */
public record Page<T>(List<T> data, Function<T, String> id, boolean hasMore) {
  /** Writes an item. */
  @FunctionalInterface
  public interface ItemWriter<T> {
    /** Writes one JSON value. */
    void write(JsonGenerator json, T item) throws IOException;
  }

  /** The page that begins at a place of all items. */
  public static <T> Page<T> from(List<T> all, Function<T, String> id, int from, int limit) {
    List<T> data = all.subList(from, Math.min(all.size(), from + limit));
    return new Page<>(data, id, from + data.size() < all.size());
  }

  /** The page that ends before a place of all items. */
  public static <T> Page<T> before(List<T> all, Function<T, String> id, int before, int limit) {
    int from = Math.max(0, before - limit);
    return new Page<>(all.subList(from, before), id, from > 0);
  }

  /** The place of the item of that id, -1 when there is none. */
  public static <T> int place(List<T> all, Function<T, String> id, String wanted) {
    for (int i = 0; i < all.size(); i++) {
      if (id.apply(all.get(i)).equals(wanted)) {
        return i;
      }
    }
    return -1;
  }

  /** A number from 1 to the most that a text says, 0 when it says none. */
  public static int limit(String text, int most) {
    int limit = text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
    return limit <= most ? limit : 0;
  }

  /** Writes {@code data}, {@code first_id}, {@code last_id} and {@code has_more} into an object. */
  public void writeFields(JsonGenerator json, ItemWriter<T> writer) throws IOException {
    json.writeArrayFieldStart("data");
    for (T item : data) {
      writer.write(json, item);
    }
    json.writeEndArray();
    json.writeStringField("first_id", data.isEmpty() ? null : id.apply(data.getFirst()));
    json.writeStringField("last_id", data.isEmpty() ? null : id.apply(data.getLast()));
    json.writeBooleanField("has_more", hasMore);
  }
}
