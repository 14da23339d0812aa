package dev.offpeak.ingest.config;

import dev.offpeak.ingest.auth.Allowance;
import dev.offpeak.ingest.auth.Budget;
import dev.offpeak.ingest.auth.Window;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What may be spent by all who are in what it names.
 *
 * @param tenant any when absent
 * @param key name of an API key; any when absent
 * @param team a label; any when absent
 * @param feature a label; any when absent
 * @param dayUsd a day (UTC)
 * @param monthUsd a month (UTC)
 */
public record BudgetConfig(
    @Nullable String tenant,
    @Nullable String key,
    @Nullable String team,
    @Nullable String feature,
    @Nullable BigDecimal dayUsd,
    @Nullable BigDecimal monthUsd) {

  public BudgetConfig {
    if (dayUsd == null && monthUsd == null) {
      throw new IllegalArgumentException("day-usd or month-usd must say how much may be spent");
    }
    var _ = Allowance.usd(dayUsd, monthUsd);
  }

  /** One for each window. */
  public List<Budget> budgets(String name) {
    Allowance allowance = Allowance.usd(dayUsd, monthUsd);
    List<Budget> budgets = new ArrayList<>();
    if (allowance.day() != null) {
      budgets.add(of(name, Window.DAY, allowance.day()));
    }
    if (allowance.month() != null) {
      budgets.add(of(name, Window.MONTH, allowance.month()));
    }
    return budgets;
  }

  private Budget of(String name, Window window, long limit) {
    return new Budget("'" + name + "'", tenant, key, team, feature, window, limit);
  }
}
