package dev.offpeak.simulator.billing;

import dev.offpeak.simulator.ledger.Ledger;
import dev.offpeak.simulator.ledger.LedgerEntry;
import dev.offpeak.simulator.ledger.LedgerQuery;
import dev.offpeak.simulator.time.SimClock;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What was billed: the ledger, with whatever the rules say is wrong with the bill. */
final class Bill {
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final long FOREIGN_TOKENS = 1000;

  private final Ledger ledger;
  private final SimClock clock;
  private final Supplier<BillingRules> rules;

  Bill(Ledger ledger, SimClock clock, Supplier<BillingRules> rules) {
    this.ledger = ledger;
    this.clock = clock;
    this.rules = rules;
  }

  /**
   * The charges of a provider, in order of time.
   *
   * @param owner of that organisation; empty: of all
   */
  List<Charge> charges(String provider, String owner) throws IOException {
    BillingRules now = rules.get();
    long until = clock.millis() - Duration.ofHours(now.lateHours()).toMillis();
    Map<Key, Charge> sums = new HashMap<>();
    Map<Long, List<LedgerEntry>> byDay = new TreeMap<>();
    ledger.forEach(
        new LedgerQuery(null, null, provider, null),
        entry -> {
          if (entry.billed()
              && (now.lateHours() == 0 || entry.at() <= until)
              && (owner.isEmpty() || owner.equals(entry.owner()))) {
            List<LedgerEntry> first =
                byDay.computeIfAbsent(Math.floorDiv(entry.at(), DAY), day -> new ArrayList<>());
            int place = first.size();
            if (place < Math.max(1, Math.max(now.dropped(), now.doubled()))) {
              first.add(entry);
            }
            int times = place < now.dropped() ? 0 : place < now.doubled() ? 2 : 1;
            for (int i = 0; i < times; i++) {
              add(sums, charge(entry, now));
            }
          }
        });
    byDay.values().forEach(first -> foreign(sums, first.getFirst(), now));
    return sums.values().stream()
        .sorted(
            Comparator.comparingLong(Charge::minute)
                .thenComparing(Charge::model)
                .thenComparing(Charge::owner)
                .thenComparing(Charge::key)
                .thenComparing(Charge::batch))
        .toList();
  }

  private record Key(
      long minute, String owner, String key, String model, boolean batch, BigDecimal factor) {}

  private static void add(Map<Key, Charge> sums, Charge more) {
    Key key =
        new Key(more.minute(), more.owner(), more.key(), more.model(), more.batch(), more.factor());
    sums.merge(
        key,
        more,
        (a, b) ->
            new Charge(
                a.minute(),
                a.provider(),
                a.owner(),
                a.key(),
                a.model(),
                a.batch(),
                a.requests() + b.requests(),
                a.tokens().plus(b.tokens()),
                a.factor()));
  }

  private static Charge charge(LedgerEntry entry, BillingRules rules) {
    return new Charge(
        Math.floorDiv(entry.at(), MINUTE) * MINUTE,
        entry.provider(),
        entry.owner(),
        "key_" + entry.owner(),
        entry.model(),
        !entry.job().equals(LedgerEntry.SYNC),
        1,
        new Charge.Tokens(
            entry.inputTokens() - entry.cachedTokens() - entry.cacheWriteTokens(),
            entry.cachedTokens(),
            entry.cacheWriteTokens(),
            entry.outputTokens()),
        rules.priceFactor().getOrDefault(entry.model(), BigDecimal.ONE));
  }

  private static void foreign(Map<Key, Charge> sums, LedgerEntry beside, BillingRules rules) {
    if (rules.foreignRequests() > 0) {
      add(
          sums,
          new Charge(
              Math.floorDiv(beside.at(), MINUTE) * MINUTE,
              beside.provider(),
              beside.owner(),
              "key_foreign",
              rules.foreignModel(),
              true,
              rules.foreignRequests(),
              new Charge.Tokens(rules.foreignRequests() * FOREIGN_TOKENS, 0, 0, 0),
              BigDecimal.ONE));
    }
  }
}
