package dev.offpeak.standalone.endings;

import dev.offpeak.schemas.avro.FailureKind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How one request ended, as whoever reads llm.results and llm.failures sees it.
 *
 * @param code of the failure, null for an answer
 * @param kind of the failure, null for an answer
 * @param attempts executions tried, 0 when it never reached the provider
 */
record Outcome(@Nullable String code, @Nullable FailureKind kind, int attempts) {

  static Outcome answered(int attempt) {
    return new Outcome(null, null, attempt);
  }

  /** As the page has it. */
  String text() {
    String what =
        code == null || kind == null
            ? "answered"
            : "`" + code + "`, " + kind.name().toLowerCase(Locale.ROOT);
    return switch (attempts) {
      case 0 -> what + ", never executed";
      case 1 -> what;
      default -> what + ", attempt " + attempts;
    };
  }
}
