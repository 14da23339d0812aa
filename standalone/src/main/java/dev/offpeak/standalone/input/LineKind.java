package dev.offpeak.standalone.input;

import dev.offpeak.schemas.request.LineOutline;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Objects that are no requests, but something else that stands in JSON lines. */
final class LineKind {

  private static final Set<String> OF_REQUESTS =
      Set.of("custom_id", "key", "method", "url", "body", "params", "request");
  private static final String REQUESTS =
      "make request lines of it: offpeak requests --from FILE --model MODEL --prompt '{%s}' -o"
          + " requests.jsonl";

  private LineKind() {}

  /** What the lines are, with what to do, when all of them are the same and no requests. */
  static @Nullable String problem(List<byte[]> lines) {
    List<Set<String>> names =
        lines.stream().map(line -> LineOutline.of(ByteBuffer.wrap(line)).names()).toList();
    if (all(names, LineKind::isOutcome)) {
      return names.getFirst().contains("offpeak")
          ? "its lines are outcomes of a run, not requests; the requests of failures are in it: jq"
              + " -r '.offpeak.original // empty' FILE > requests.jsonl"
          : "its lines are results of a batch, not requests; name the file that they came of";
    }
    if (names.stream().anyMatch(each -> each.stream().anyMatch(OF_REQUESTS::contains))) {
      return null;
    }
    if (names.size() == 1 && names.getFirst().contains("requests")) {
      return "it is one object with a list of requests; write them one a line: jq -c"
          + " '.requests[]' FILE";
    }
    if (all(names, each -> each.contains("messages") || each.contains("contents"))) {
      return all(names, each -> each.contains("model"))
          ? "its lines are bodies of requests without what goes around them; a line is"
              + " {\"custom_id\": …, \"method\": \"POST\", \"url\": …, \"body\": {…}}"
          : "its lines are conversations, as for fine-tuning, not requests; a request line has"
              + " \"custom_id\" and \"body\". If it is a data set, "
              + REQUESTS.formatted("FIELD");
    }
    boolean table = names.size() > 1 && all(names, each -> each.equals(names.getFirst()));
    return table && !names.getFirst().isEmpty()
        ? "its lines are records of a data set ("
            + String.join(", ", names.getFirst().stream().limit(5).toList())
            + "), not requests; "
            + REQUESTS.formatted(names.getFirst().iterator().next())
        : null;
  }

  private static boolean isOutcome(Set<String> names) {
    return (names.contains("response")
            || names.contains("result")
            || names.contains("error")
            || names.contains("offpeak"))
        && !names.contains("body")
        && !names.contains("params")
        && !names.contains("request");
  }

  /** Whether it is true of all; the last line may be cut, and is left out when there are others. */
  private static boolean all(List<Set<String>> names, Predicate<Set<String>> kind) {
    List<Set<String>> whole = names.size() > 1 ? names.subList(0, names.size() - 1) : names;
    return whole.stream().allMatch(kind);
  }
}
