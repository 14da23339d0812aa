package dev.offpeak.results.config;

import dev.offpeak.core.price.Uplift;
import dev.offpeak.runtime.config.Default;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What llm.usage tells apart, and what accounts pay over list prices.
 *
 * @param labels names of the labels by which sums are kept, at most 8; each further value of one
 *     makes a record more in every chunk
 * @param uplifts factor by account on all its prices, such as {@code 1.1} for processing within one
 *     region
 */
public record UsageConfig(
    @Default("team, feature") List<String> labels, Map<String, String> uplifts) {

  private static final int MOST = 8;

  public UsageConfig {
    labels = List.copyOf(labels);
    uplifts = Map.copyOf(uplifts);
    if (labels.size() > MOST) {
      throw new IllegalArgumentException(
          "usage.labels names " + labels.size() + " labels; it may name at most " + MOST);
    }
    uplifts.forEach(UsageConfig::uplift);
  }

  /** Names of the labels. */
  public Set<String> labelNames() {
    return Set.copyOf(labels);
  }

  /** What is paid over list prices, by account. */
  public Map<String, Uplift> upliftsByAccount() {
    return uplifts.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, of -> uplift(of.getKey(), of.getValue())));
  }

  private static Uplift uplift(String account, String factor) {
    try {
      return new Uplift(new BigDecimal(factor));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "usage.uplifts." + account + " is '" + factor + "'; it must be a number such as 1.1", e);
    }
  }
}
