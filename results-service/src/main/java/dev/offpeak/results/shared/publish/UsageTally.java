package dev.offpeak.results.shared.publish;

import dev.offpeak.core.price.TokenUsage;
import dev.offpeak.results.shared.outcome.AvroTokens;
import dev.offpeak.schemas.avro.LlmResult;
import dev.offpeak.schemas.avro.UsageMode;
import dev.offpeak.schemas.avro.UsageRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds up the usage of one chunk's answers, by everything that the ledger tells apart. */
final class UsageTally {

  private record Dimensions(
      String tenant,
      @Nullable String team,
      @Nullable String feature,
      String provider,
      String account,
      String endpoint,
      String model,
      String batchId,
      UsageMode mode,
      boolean priced) {}

  private static final class Sum {
    private long requests;
    private TokenUsage usage = TokenUsage.NONE;
    private long cost;
    private long syncCost;

    /** Sums of money beyond nine million USD are none, and go without a cost. */
    boolean hasRoomFor(long more, long moreSync) {
      return cost <= Long.MAX_VALUE - more && syncCost <= Long.MAX_VALUE - moreSync;
    }
  }

  private final Map<Dimensions, Sum> sums = new LinkedHashMap<>();

  /** Adds an answer. */
  void add(LlmResult result, TokenUsage usage) {
    Long cost = result.getCostPicoUsd();
    Long syncCost = result.getSyncCostPicoUsd();
    boolean priced = cost != null && syncCost != null;
    Sum sum = sum(result, priced);
    if (cost != null && syncCost != null) {
      if (sum.hasRoomFor(cost, syncCost)) {
        sum.cost += cost;
        sum.syncCost += syncCost;
      } else {
        sum = sum(result, false);
      }
    }
    sum.requests++;
    sum.usage = sum.usage.plus(usage);
  }

  private Sum sum(LlmResult result, boolean priced) {
    return sums.computeIfAbsent(
        new Dimensions(
            result.getTenant(),
            result.getLabels().get("team"),
            result.getLabels().get("feature"),
            result.getProvider(),
            result.getAccount(),
            result.getEndpoint(),
            result.getModel(),
            result.getBatchId(),
            result.getMode(),
            priced),
        _ -> new Sum());
  }

  /** The records of the chunk; begins anew. */
  List<UsageRecord> drain(Instant now) {
    List<UsageRecord> records = new ArrayList<>(sums.size());
    sums.forEach((dimensions, sum) -> records.add(record(dimensions, sum, now)));
    sums.clear();
    return records;
  }

  private static UsageRecord record(Dimensions of, Sum sum, Instant now) {
    TokenUsage usage = sum.usage;
    return UsageRecord.newBuilder()
        .setRecordedAt(now)
        .setTenant(of.tenant())
        .setTeam(of.team())
        .setFeature(of.feature())
        .setProvider(of.provider())
        .setAccount(of.account())
        .setEndpoint(of.endpoint())
        .setModel(of.model())
        .setBatchId(of.batchId())
        .setMode(of.mode())
        .setRequests(sum.requests)
        .setUsage(AvroTokens.of(usage))
        .setCostPicoUsd(of.priced() ? sum.cost : null)
        .setSyncCostPicoUsd(of.priced() ? sum.syncCost : null)
        .build();
  }
}
