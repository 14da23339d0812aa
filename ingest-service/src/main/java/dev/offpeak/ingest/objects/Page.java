package dev.offpeak.ingest.objects;

import dev.offpeak.ingest.http.ApiError;
import dev.offpeak.ingest.http.ApiException;
import dev.offpeak.schemas.avro.GatewayObject;
import io.helidon.common.parameters.Parameters;
import io.helidon.common.uri.UriQuery;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A part of a list. Its cursor is a place and not an object: one that is gone, or was never there,
 * leads to what stands behind it.
 */
public record Page(List<Shown> shown, boolean hasMore) {

  public Page {
    shown = List.copyOf(shown);
  }

  /**
   * The part that a request asks for with {@code limit}, {@code after} and {@code order}.
   *
   * @param newestFirst all of the tenant
   * @param wanted which of these the list is of
   * @param usual how many when it does not say
   * @param most how many it may ask for
   */
  public static Page of(
      List<GatewayObject> newestFirst,
      Predicate<GatewayObject> wanted,
      UriQuery query,
      int usual,
      int most,
      Function<GatewayObject, Shown> show) {
    int limit = limit(query, usual, most);
    String after = query.first("after").orElse("");
    boolean ascending = query.first("order").orElse("desc").equals("asc");
    Comparator<GatewayObject> order = Comparator.comparing(GatewayObject::getId);
    List<GatewayObject> rest =
        newestFirst.stream()
            .filter(wanted)
            .filter(each -> after.isEmpty() || (each.getId().compareTo(after) > 0) == ascending)
            .filter(each -> !each.getId().equals(after))
            .sorted(ascending ? order : order.reversed())
            .limit(limit + 1L)
            .toList();
    return new Page(rest.stream().limit(limit).map(show).toList(), rest.size() > limit);
  }

  /**
   * What stands behind a place.
   *
   * @param all in the order of the list
   * @param place the id of an object; empty for the beginning
   */
  public static Page after(List<Shown> all, String place, int limit) {
    List<Shown> rest =
        all.stream()
            .filter(each -> place.isEmpty() || each.object().getId().compareTo(place) < 0)
            .limit(limit + 1L)
            .toList();
    return new Page(rest.stream().limit(limit).toList(), rest.size() > limit);
  }

  /**
   * What stands before a place, and next to it.
   *
   * @param all in the order of the list
   * @param place the id of an object
   */
  public static Page before(List<Shown> all, String place, int limit) {
    List<Shown> rest =
        all.stream().filter(each -> each.object().getId().compareTo(place) > 0).toList();
    int from = Math.max(0, rest.size() - limit);
    return new Page(rest.subList(from, rest.size()), from > 0);
  }

  /** What a request asks for with {@code limit}. */
  public static int limit(Parameters query, int usual, int most) {
    String text = query.first("limit").orElse(Integer.toString(usual));
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= most) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // Said below, with what may stand there.
    }
    throw new ApiException(
        new ApiError(400, "invalid_value", "limit must be a number from 1 to " + most, "limit"));
  }
}
