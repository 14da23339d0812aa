package dev.offpeak.ledger.report;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The provider job of a batch: where it stands, and what it has cost.
 *
 * @param reason why the batch was sealed; null when that is not known (any more)
 * @param cost in USD, of what has a price; null when nothing was billed yet
 */
public record Job(
    String batchId,
    String account,
    String endpoint,
    String model,
    long requests,
    long bytes,
    String state,
    boolean inFlight,
    Instant since,
    Instant sealedAt,
    @Nullable Instant submittedAt,
    @Nullable Instant expiresAt,
    @Nullable Instant waitsUntil,
    @Nullable String inputFileId,
    @Nullable String providerJobId,
    @Nullable String providerStatus,
    long done,
    long failed,
    @Nullable String problem,
    @Nullable String reason,
    @Nullable Instant openedAt,
    @Nullable String resealedFrom,
    @Nullable BigDecimal cost,
    @Nullable BigDecimal syncCost,
    long unpricedRequests) {}
