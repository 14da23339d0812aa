package dev.offpeak.simulator.billing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Charges that have in common what a report is grouped by; what it is not grouped by is null.
 *
 * @param charges never empty
 */
record Grouped(
    @Nullable String project,
    @Nullable String key,
    @Nullable String model,
    @Nullable Boolean batch,
    List<Charge> charges) {

  /** In order of their first charge. */
  static List<Grouped> of(List<Charge> charges, Set<String> by) {
    Map<List<Object>, Grouped> groups = new LinkedHashMap<>();
    boolean tier = by.contains("batch") || by.contains("service_tier");
    boolean owner = by.contains("project_id") || by.contains("workspace_id");
    for (Charge charge : charges) {
      Grouped empty =
          new Grouped(
              owner ? charge.owner() : null,
              by.contains("api_key_id") ? charge.key() : null,
              by.contains("model") ? charge.model() : null,
              tier ? charge.batch() : null,
              new ArrayList<>());
      List<Object> same =
          List.of(
              String.valueOf(empty.project),
              String.valueOf(empty.key),
              String.valueOf(empty.model),
              String.valueOf(empty.batch));
      groups.computeIfAbsent(same, each -> empty).charges.add(charge);
    }
    return List.copyOf(groups.values());
  }

  Charge.Tokens tokens() {
    return charges.stream().map(Charge::tokens).reduce(Charge.Tokens.NONE, Charge.Tokens::plus);
  }

  long requests() {
    return charges.stream().mapToLong(Charge::requests).sum();
  }
}
