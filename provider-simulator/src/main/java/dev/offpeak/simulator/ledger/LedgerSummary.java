package dev.offpeak.simulator.ledger;

import java.util.List;
import java.util.Map;

/**
 * The ledger added up. Field names are those of {@code GET /_sim/ledger/summary}.
 *
 * @param linesExecuted executions, successful or not
 * @param linesBilled those that are paid for
 * @param distinctBodies different request bodies among those billed
 * @param bodiesBilledMoreThanOnce bodies that were billed two times or more; two requests that were
 *     equal from the start count here as well
 * @param bodiesBilledMoreThanOnceSample the beginnings of up to 20 of their hashes
 * @param syncCalls executions outside any batch, at full price
 * @param inputTokens billed tokens read, cached ones included
 * @param cachedTokens those of them that were cached
 * @param cacheWriteTokens those of them that were written to a cache
 * @param outputTokens billed tokens written
 * @param byModel the same by model
 * @param byProvider the same by provider
 * @param byOwner the same by the organisation that pays
 */
public record LedgerSummary(
    long linesExecuted,
    long linesBilled,
    long distinctBodies,
    long bodiesBilledMoreThanOnce,
    List<String> bodiesBilledMoreThanOnceSample,
    long syncCalls,
    long inputTokens,
    long cachedTokens,
    long cacheWriteTokens,
    long outputTokens,
    Map<String, Total> byModel,
    Map<String, Total> byProvider,
    Map<String, Total> byOwner) {

  /** Billed lines and tokens. */
  public record Total(
      long linesBilled,
      long inputTokens,
      long cachedTokens,
      long cacheWriteTokens,
      long outputTokens) {
    static final Total NONE = new Total(0, 0, 0, 0, 0);

    Total plus(LedgerEntry entry) {
      return new Total(
          linesBilled + 1,
          inputTokens + entry.inputTokens(),
          cachedTokens + entry.cachedTokens(),
          cacheWriteTokens + entry.cacheWriteTokens(),
          outputTokens + entry.outputTokens());
    }
  }
}
