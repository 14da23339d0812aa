package dev.offpeak.simulator.ledger;

import dev.offpeak.simulator.ledger.LedgerSummary.Total;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Adds a ledger up. Bodies are told apart by the first 64 bits of their hash: eight bytes a line.
 */
final class LedgerTally {
  private static final int HEX_DIGITS = 16;
  private static final int SAMPLE = 20;

  private final Map<String, Total> byModel = new TreeMap<>();
  private final Map<String, Total> byProvider = new TreeMap<>();
  private final Map<String, Total> byOwner = new TreeMap<>();
  private Total total = Total.NONE;
  private long[] bodies = new long[1024];
  private int billed;
  private long executed;
  private long sync;

  void add(LedgerEntry entry) {
    executed++;
    if (entry.job().equals(LedgerEntry.SYNC)) {
      sync++;
    }
    if (!entry.billed()) {
      return;
    }
    total = total.plus(entry);
    add(byModel, entry.model(), entry);
    add(byProvider, entry.provider(), entry);
    add(byOwner, entry.owner(), entry);
    if (billed == bodies.length) {
      bodies = Arrays.copyOf(bodies, billed * 2);
    }
    bodies[billed++] = HexFormat.fromHexDigitsToLong(entry.bodySha256(), 0, HEX_DIGITS);
  }

  private static void add(Map<String, Total> totals, String key, LedgerEntry entry) {
    totals.put(key, totals.getOrDefault(key, Total.NONE).plus(entry));
  }

  LedgerSummary summary() {
    long[] sorted = Arrays.copyOf(bodies, billed);
    Arrays.sort(sorted);
    long distinct = 0;
    long repeated = 0;
    List<String> sample = new ArrayList<>();
    for (int i = 0; i < sorted.length; ) {
      int end = i + 1;
      while (end < sorted.length && sorted[end] == sorted[i]) {
        end++;
      }
      distinct++;
      if (end - i > 1) {
        repeated++;
        if (sample.size() < SAMPLE) {
          sample.add(HexFormat.of().toHexDigits(sorted[i]));
        }
      }
      i = end;
    }
    return new LedgerSummary(
        executed,
        billed,
        distinct,
        repeated,
        sample,
        sync,
        total.inputTokens(),
        total.cachedTokens(),
        total.cacheWriteTokens(),
        total.outputTokens(),
        byModel,
        byProvider,
        byOwner);
  }
}
