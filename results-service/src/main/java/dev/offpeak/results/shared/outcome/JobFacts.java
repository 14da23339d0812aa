package dev.offpeak.results.shared.outcome;

import dev.offpeak.core.lane.Provider;
import dev.offpeak.schemas.avro.UsageMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What all outcomes of a job, or of one synchronous call, have in common.
 *
 * @param providerJobId null when no job was ever made
 * @param partition of llm.lanes that holds the requests
 * @param submittedAt when the provider took the job; null when there was none
 * @param endedAt when the job ended
 * @param mode how the requests were executed
 */
public record JobFacts(
    String batchId,
    @Nullable String providerJobId,
    Provider provider,
    String account,
    String endpoint,
    String lane,
    int partition,
    @Nullable Instant submittedAt,
    Instant endedAt,
    UsageMode mode) {}
