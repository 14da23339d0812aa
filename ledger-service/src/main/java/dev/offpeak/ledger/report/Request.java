package dev.offpeak.ledger.report;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How one request ended.
 *
 * @param part of llm.results or llm.failures, where the outcome stands
 * @param place there
 * @param code null when it succeeded
 * @param cost in USD; null when it has no price, or was not billed
 */
public record Request(
    boolean failed,
    int part,
    long place,
    Instant at,
    @Nullable Instant admittedAt,
    @Nullable String customId,
    String tenant,
    String team,
    String feature,
    String account,
    String model,
    @Nullable String batchId,
    String mode,
    int attempt,
    @Nullable String code,
    @Nullable String kind,
    @Nullable Boolean retryable,
    @Nullable String message,
    @Nullable Long input,
    @Nullable Long output,
    @Nullable BigDecimal cost,
    @Nullable BigDecimal syncCost,
    int sourcePart,
    long sourcePlace) {}
