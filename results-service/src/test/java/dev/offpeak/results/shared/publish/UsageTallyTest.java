package dev.offpeak.results.shared.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.lane.Provider;
import dev.offpeak.core.price.Bill;
import dev.offpeak.core.price.PriceRow;
import dev.offpeak.core.price.TokenUsage;
import dev.offpeak.core.price.Uplift;
import dev.offpeak.provider.price.PriceLists;
import dev.offpeak.results.shared.outcome.Billed;
import dev.offpeak.schemas.avro.LlmResult;
import dev.offpeak.schemas.avro.Tokens;
import dev.offpeak.schemas.avro.UsageCharge;
import dev.offpeak.schemas.avro.UsageMode;
import dev.offpeak.schemas.avro.UsageRecord;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UsageTallyTest {

  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  private final UsageTally tally = new UsageTally(Set.of("team", "customer"));

  private static final PriceRow MINI =
      PriceLists.builtIn()
          .findRow(Provider.OPENAI, "gpt-4o-mini", LocalDate.of(2026, 11, 24))
          .orElseThrow();

  @Test
  void addsUpWhatSharesAllDimensions() {
    tally.add(answer("a", "search", MINI, new TokenUsage(100, 40, 10, 50, 30)));
    tally.add(answer("a", "search", MINI, new TokenUsage(10, 4, 1, 5, 3)));
    tally.add(answer("a", "ads", MINI, new TokenUsage(1, 0, 0, 1, 0)));
    tally.add(answer("b", "search", MINI, new TokenUsage(1, 0, 0, 1, 0)));

    List<UsageRecord> usage = tally.drain(NOW);

    assertThat(usage).hasSize(3);
    UsageRecord first = usage.getFirst();
    assertThat(first.getTenant()).isEqualTo("a");
    assertThat(first.getTeam()).isEqualTo("search");
    assertThat(first.getFeature()).isNull();
    assertThat(first.getLabels())
        .containsExactly(Map.entry("customer", "x"), Map.entry("team", "search"));
    assertThat(first.getRequests()).isEqualTo(2);
    assertThat(first.getUsage()).isEqualTo(new Tokens(110L, 44L, 11L, 55L, 33L, 0L));
    assertThat(first.getPriceRow()).isEqualTo("openai/gpt-4o-mini");
    assertThat(first.getContextTier()).isEqualTo("short");
    assertThat(first.getBilledModel()).isEqualTo("gpt-4o-mini-2024-07-18");
    assertThat(first.getJobEndedAt()).isEqualTo(NOW);
    assertThat(first.getUnpriced()).isNull();
    assertThat(first.getCharges())
        .containsExactly(
            new UsageCharge("input", 55L, 75_000L, 150_000L),
            new UsageCharge(
                "cached_input", 44L, MINI.price().usual().batch().cachedInput(), 75_000L),
            new UsageCharge("cache_write_5m", 11L, 75_000L, 150_000L),
            new UsageCharge("output", 55L, 300_000L, 600_000L));
    assertThat(first.getCostPicoUsd())
        .isEqualTo(
            first.getCharges().stream()
                .mapToLong(c -> c.getQuantity() * c.getUnitPricePicoUsd())
                .sum());
    assertThat(first.getRecordedAt()).isEqualTo(NOW);
    assertThat(tally.drain(NOW)).isEmpty();
  }

  @Test
  void whatHasNoPriceIsCountedApartWithItsQuantities() {
    tally.add(answer("a", "search", MINI, new TokenUsage(1, 0, 0, 1, 0)));
    tally.add(answer("a", "search", null, new TokenUsage(3, 0, 0, 2, 0)));

    List<UsageRecord> usage = tally.drain(NOW);
    assertThat(usage).extracting(UsageRecord::getCostPicoUsd).containsExactly(375_000L, null);
    assertThat(usage.getLast().getUnpriced()).isEqualTo("no_price");
    assertThat(usage.getLast().getCharges())
        .containsExactly(
            new UsageCharge("input", 3L, null, null), new UsageCharge("output", 2L, null, null));
  }

  private static Billed answer(
      String tenant, String team, @Nullable PriceRow row, TokenUsage usage) {
    Bill bill = Bill.of(row, usage, true, Uplift.NONE);
    return new Billed(
        result(tenant, team, bill),
        usage,
        bill,
        row == null ? "no_price" : null,
        "gpt-4o-mini-2024-07-18",
        NOW.minusSeconds(60),
        NOW,
        null);
  }

  private static LlmResult result(String tenant, String team, Bill bill) {
    return LlmResult.newBuilder()
        .setCustomId("id")
        .setTenant(tenant)
        .setLabels(Map.of("team", team, "customer", "x", "other", "y"))
        .setProvider("openai")
        .setAccount("main")
        .setEndpoint("/v1/responses")
        .setModel("gpt-4o-mini")
        .setStatusCode(200)
        .setBody(ByteBuffer.allocate(0))
        .setBatchId("01B")
        .setProviderJobId("batch_1")
        .setAttempt(1)
        .setUsage(new Tokens(0L, 0L, 0L, 0L, 0L, 0L))
        .setCostPicoUsd(bill.cost())
        .setSyncCostPicoUsd(bill.syncCost())
        .setAdmittedAt(NOW)
        .setCompletedAt(NOW)
        .setMode(UsageMode.BATCH)
        .build();
  }
}
