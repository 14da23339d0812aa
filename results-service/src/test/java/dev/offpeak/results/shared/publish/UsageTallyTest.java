package dev.offpeak.results.shared.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.price.TokenUsage;
import dev.offpeak.schemas.avro.LlmResult;
import dev.offpeak.schemas.avro.Tokens;
import dev.offpeak.schemas.avro.UsageMode;
import dev.offpeak.schemas.avro.UsageRecord;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UsageTallyTest {

  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  private final UsageTally tally = new UsageTally();

  @Test
  void addsUpWhatSharesAllDimensions() {
    tally.add(answer("a", "search", 10L), new TokenUsage(100, 40, 10, 50, 30));
    tally.add(answer("a", "search", 5L), new TokenUsage(10, 4, 1, 5, 3));
    tally.add(answer("a", "ads", 1L), new TokenUsage(1, 0, 0, 1, 0));
    tally.add(answer("b", "search", 1L), new TokenUsage(1, 0, 0, 1, 0));

    List<UsageRecord> usage = tally.drain(NOW);

    assertThat(usage).hasSize(3);
    UsageRecord first = usage.getFirst();
    assertThat(first.getTenant()).isEqualTo("a");
    assertThat(first.getTeam()).isEqualTo("search");
    assertThat(first.getFeature()).isNull();
    assertThat(first.getRequests()).isEqualTo(2);
    assertThat(first.getUsage()).isEqualTo(new Tokens(110L, 44L, 11L, 55L, 33L));
    assertThat(first.getCostPicoUsd()).isEqualTo(15);
    assertThat(first.getSyncCostPicoUsd()).isEqualTo(30);
    assertThat(first.getRecordedAt()).isEqualTo(NOW);
    assertThat(tally.drain(NOW)).isEmpty();
  }

  @Test
  void answersWithoutPriceDoNotSpoilTheSumOfTheOthers() {
    tally.add(answer("a", "search", 10L), new TokenUsage(1, 0, 0, 1, 0));
    tally.add(answer("a", "search", null), new TokenUsage(1, 0, 0, 1, 0));

    assertThat(tally.drain(NOW)).extracting(UsageRecord::getCostPicoUsd).containsExactly(10L, null);
  }

  private static LlmResult answer(String tenant, String team, @Nullable Long cost) {
    return LlmResult.newBuilder()
        .setCustomId("id")
        .setTenant(tenant)
        .setLabels(Map.of("team", team))
        .setProvider("openai")
        .setAccount("main")
        .setEndpoint("/v1/responses")
        .setModel("gpt-4o-mini")
        .setStatusCode(200)
        .setBody(ByteBuffer.allocate(0))
        .setBatchId("01B")
        .setProviderJobId("batch_1")
        .setAttempt(1)
        .setUsage(new Tokens(0L, 0L, 0L, 0L, 0L))
        .setCostPicoUsd(cost)
        .setSyncCostPicoUsd(cost == null ? null : 2 * cost)
        .setAdmittedAt(NOW)
        .setCompletedAt(NOW)
        .setMode(UsageMode.BATCH)
        .build();
  }
}
