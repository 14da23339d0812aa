package dev.offpeak.simulator.openai.wire;

import dev.offpeak.simulator.http.Exchange;
import dev.offpeak.simulator.http.Reply;
import dev.offpeak.simulator.json.Json;
import dev.offpeak.simulator.provider.Page;
import java.util.List;
import java.util.function.Function;

/** Lists as OpenAI answers them. */
public final class Listing {
  private Listing() {}

  /** The page that the caller asks for, behind {@code after} or from the beginning. */
  public static <T> Reply reply(
      List<T> all, Function<T, String> id, Exchange exchange, int limit, Page.ItemWriter<T> item) {
    String after = exchange.query("after").orElse("");
    int place = after.isEmpty() ? -1 : Page.place(all, id, after);
    if (!after.isEmpty() && place < 0) {
      throw OpenAiErrors.notFound("No object found with id '" + after + "'.", "after");
    }
    Page<T> page = Page.from(all, id, place + 1, limit);
    return Reply.json(
        200,
        Json.bytes(
            json -> {
              json.writeStartObject();
              json.writeStringField("object", "list");
              page.writeFields(json, item);
              json.writeEndObject();
            }));
  }

  /** The {@code limit} asked for; refused when it is not from 1 to the most. */
  public static int limit(Exchange exchange, int usual, int most) {
    String text = exchange.query("limit").orElse(Integer.toString(usual));
    int limit = Page.limit(text, most);
    if (limit == 0) {
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
}
