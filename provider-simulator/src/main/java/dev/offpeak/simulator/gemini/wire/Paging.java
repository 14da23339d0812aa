package dev.offpeak.simulator.gemini.wire;

import dev.offpeak.simulator.http.Exchange;
import dev.offpeak.simulator.http.Reply;
import dev.offpeak.simulator.json.Json;
import dev.offpeak.simulator.provider.Page;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/**
 * Lists as Gemini answers them: {@code pageSize} and {@code pageToken} in either spelling; a page
 * size beyond the most is lowered, an empty list is an empty object.
 *
 * @param field the field of the items, for instance {@code files}
 * @param usual the usual page size
 * @param most the largest
 */
public record Paging(String field, int usual, int most) {
  private static final int ANY = 1_000_000;

  /** The page that the caller asks for. */
  public <T> Reply reply(
      List<T> all, Function<T, String> id, Exchange exchange, Page.ItemWriter<T> item) {
    int size =
        exchange
            .query("pageSize")
            .or(() -> exchange.query("page_size"))
            .map(Paging::size)
            .orElse(usual);
    int from =
        exchange
            .query("pageToken")
            .or(() -> exchange.query("page_token"))
            .map(token -> behind(all, id, token))
            .orElse(0);
    Page<T> page = Page.from(all, id, from, Math.min(size, most));
    return Reply.json(
        200,
        Json.bytes(
            json -> {
              json.writeStartObject();
              if (!page.data().isEmpty()) {
                json.writeArrayFieldStart(field);
                for (T each : page.data()) {
                  item.write(json, each);
                }
                json.writeEndArray();
              }
              if (page.hasMore()) {
                json.writeStringField("nextPageToken", token(id.apply(page.data().getLast())));
              }
              json.writeEndObject();
            }));
  }

  private static int size(String text) {
    int size = Page.limit(text, ANY);
    if (size == 0) {
      throw GeminiErrors.refuse(RpcCode.INVALID_ARGUMENT, "Invalid page_size: " + text);
    }
    return size;
  }

  private static String token(String id) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(id.getBytes(StandardCharsets.UTF_8));
  }

  private static <T> int behind(List<T> all, Function<T, String> id, String token) {
    int place = -1;
    try {
      String last = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      place = Page.place(all, id, last);
    } catch (IllegalArgumentException e) {
      // Not one of ours; refused below like one whose item is gone.
    }
    if (place < 0) {
      throw GeminiErrors.refuse(RpcCode.INVALID_ARGUMENT, "The page token is invalid.");
    }
    return place + 1;
  }
}
