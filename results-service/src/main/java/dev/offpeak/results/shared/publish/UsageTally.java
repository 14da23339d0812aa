package dev.offpeak.results.shared.publish;

import dev.offpeak.core.price.Charge;
import dev.offpeak.core.price.Meter;
import dev.offpeak.core.price.PriceRow;
import dev.offpeak.core.price.TokenUsage;
import dev.offpeak.results.shared.outcome.Billed;
import dev.offpeak.schemas.avro.LlmResult;
import dev.offpeak.schemas.avro.UsageMode;
import dev.offpeak.schemas.avro.UsageRecord;
import dev.offpeak.schemas.record.AvroUsage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Adds up the usage of one chunk's answers, by everything that the ledger tells apart. */
final class UsageTally {

  private record Dimensions(
      String tenant,
      @Nullable String team,
      @Nullable String feature,
      Map<String, String> labels,
      @Nullable String key,
      String provider,
      String account,
      String endpoint,
      String model,
      String billedModel,
      String batchId,
      UsageMode mode,
      @Nullable String syncReason,
      @Nullable Instant submittedAt,
      @Nullable Instant endedAt,
      @Nullable String priceRow,
      boolean isLong,
      @Nullable String unpriced) {}

  private static final class Sum {
    private final Map<Meter, Charge> charges = new EnumMap<>(Meter.class);
    private long requests;
    private TokenUsage usage = TokenUsage.NONE;
    private long cost;
    private long syncCost;

    /** Sums of money beyond nine million USD are none, and go without a cost. */
    boolean hasRoomFor(long more, long moreSync) {
      return cost <= Long.MAX_VALUE - more && syncCost <= Long.MAX_VALUE - moreSync;
    }

    void add(Billed answer) {
      requests++;
      usage = usage.plus(answer.usage());
      answer.bill().charges().forEach(this::add);
    }

    private void add(Charge charge) {
      charges.merge(charge.meter(), charge, Charge::plus);
    }
  }

  private final Set<String> labels;
  private final Map<Dimensions, Sum> sums = new LinkedHashMap<>();

  /**
   * Nothing yet.
   *
   * @param labels names of those that are told apart, besides team and feature
   */
  UsageTally(Set<String> labels) {
    this.labels = labels;
  }

  /** Adds an answer. */
  void add(Billed answer) {
    Long cost = answer.result().getCostPicoUsd();
    Long syncCost = answer.result().getSyncCostPicoUsd();
    Sum sum = sum(answer, answer.unpriced());
    if (cost != null && syncCost != null) {
      if (!sum.hasRoomFor(cost, syncCost)) {
        sum = sum(answer, "implausible");
      } else {
        sum.cost += cost;
        sum.syncCost += syncCost;
      }
    }
    sum.add(answer);
  }

  private Sum sum(Billed answer, @Nullable String unpriced) {
    LlmResult result = answer.result();
    PriceRow row = answer.bill().row();
    return sums.computeIfAbsent(
        new Dimensions(
            result.getTenant(),
            result.getLabels().get("team"),
            result.getLabels().get("feature"),
            labels(result.getLabels()),
            result.getLabels().get("key"),
            result.getProvider(),
            result.getAccount(),
            result.getEndpoint(),
            result.getModel(),
            answer.billedModel(),
            result.getBatchId(),
            result.getMode(),
            answer.syncReason(),
            answer.submittedAt(),
            answer.endedAt(),
            row == null ? null : row.id(),
            answer.bill().isLong(),
            unpriced),
        _ -> new Sum());
  }

  private Map<String, String> labels(Map<String, String> all) {
    Map<String, String> some = new TreeMap<>(all);
    some.keySet().retainAll(labels);
    return some;
  }

  /** The records of the chunk; begins anew. */
  List<UsageRecord> drain(Instant now) {
    List<UsageRecord> records = new ArrayList<>(sums.size());
    sums.forEach((dimensions, sum) -> records.add(record(dimensions, sum, now)));
    sums.clear();
    return records;
  }

  private static UsageRecord record(Dimensions of, Sum sum, Instant now) {
    boolean isPriced = of.unpriced() == null;
    return UsageRecord.newBuilder()
        .setRecordedAt(now)
        .setTenant(of.tenant())
        .setTeam(of.team())
        .setFeature(of.feature())
        .setLabels(of.labels())
        .setKey(of.key())
        .setProvider(of.provider())
        .setAccount(of.account())
        .setEndpoint(of.endpoint())
        .setModel(of.model())
        .setBilledModel(of.billedModel().isEmpty() ? null : of.billedModel())
        .setBatchId(of.batchId())
        .setMode(of.mode())
        .setSyncReason(of.syncReason())
        .setJobSubmittedAt(of.submittedAt())
        .setJobEndedAt(of.endedAt())
        .setRequests(sum.requests)
        .setUsage(AvroUsage.tokens(sum.usage))
        .setPriceRow(of.priceRow())
        .setContextTier(of.priceRow() == null ? null : of.isLong() ? "long" : "short")
        .setUnpriced(of.unpriced())
        .setCharges(AvroUsage.charges(sum.charges.values()))
        .setCostPicoUsd(isPriced ? sum.cost : null)
        .setSyncCostPicoUsd(isPriced ? sum.syncCost : null)
        .build();
  }
}
