package dev.offpeak.results.shared.outcome;

import dev.offpeak.core.price.Bill;
import dev.offpeak.core.price.TokenUsage;
import dev.offpeak.schemas.avro.LlmResult;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An answer that was paid for, and what the books say of it.
 *
 * @param usage as the provider reports it
 * @param bill what that is charged
 * @param unpriced why it has no cost; null when it has one
 * @param billedModel that answered; empty when the provider does not say
 * @param submittedAt when its job was; null for a call
 * @param endedAt when its job did; null for a call
 * @param syncReason why it was no batch; null when it was one
 */
public record Billed(
    LlmResult result,
    TokenUsage usage,
    Bill bill,
    @Nullable String unpriced,
    String billedModel,
    @Nullable Instant submittedAt,
    @Nullable Instant endedAt,
    @Nullable String syncReason) {}
