package dev.offpeak.system.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.offpeak.system.world.Installation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * All that is wrong in the end, by three witnesses: the outcomes as a user reads them, the
 * provider's ledger, and {@code offpeak audit}. Our own logs are none.
 *
 * @param violations what is wrong; nothing when the promise holds
 * @param figures for a report
 */
public record Findings(List<String> violations, String figures) {

  /**
   * Looks at everything.
   *
   * @param outcomes read to their end
   * @param customIds that were sent
   */
  public static Findings of(
      Installation installation, Outcomes outcomes, Collection<String> customIds)
      throws IOException, InterruptedException {
    List<String> wrong = new ArrayList<>();
    report(wrong, "custom ids without an outcome", outcomes.missing(customIds));
    report(wrong, "custom ids with more than one outcome", outcomes.more());
    report(wrong, "failures that nothing here explains", unexplained(outcomes));
    Billing billing = Billing.of(installation.simulator());
    report(wrong, "bodies billed more than once", billing.billedTwice());
    AuditRun audit = AuditRun.of(installation);
    if (audit.exitCode() != 0) {
      wrong.add("offpeak audit ended with " + audit.exitCode() + ": " + audit.report());
    }
    return new Findings(wrong, figures(installation, outcomes, billing, audit));
  }

  /** No request fails by itself here; a synchronous call whose answer was lost has to. */
  private static List<String> unexplained(Outcomes outcomes) {
    return outcomes.failureCodes().keySet().stream()
        .filter(code -> !code.equals("sync_in_doubt"))
        .toList();
  }

  private static void report(List<String> wrong, String what, List<String> which) {
    if (!which.isEmpty()) {
      wrong.add(which.size() + " " + what + ": " + which.subList(0, Math.min(5, which.size())));
    }
  }

  private static String figures(
      Installation installation, Outcomes outcomes, Billing billing, AuditRun audit)
      throws IOException, InterruptedException {
    JsonNode summary = installation.simulator().summary();
    return "answered %d, failed %s, executions %d of %d bodies, executed again unbilled %d, billed"
            .formatted(
                outcomes.answered(),
                outcomes.failureCodes(),
                billing.executions(),
                billing.bodies(),
                billing.executedAgain())
        + " twice %d, jobs created %d, audit: settled %d, dropped %d, in flight %d, missing %d, doubled %d"
            .formatted(
                billing.billedTwice().size(),
                summary.path("creates").asLong(),
                audit.count("settled"),
                audit.count("dropped"),
                audit.count("in_flight"),
                audit.count("missing"),
                audit.count("doubled"));
  }
}
