package dev.offpeak.ledger.book;

import dev.offpeak.operations.outcome.OutcomeLine;
import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.avro.LlmResult;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** How one request ended: what is kept of a result or a failure, Avro or JSON. */
record Outcome(
    long place,
    Instant at,
    @Nullable Instant admittedAt,
    @Nullable String customId,
    String tenant,
    Map<String, String> labels,
    @Nullable String account,
    @Nullable String model,
    @Nullable String batchId,
    @Nullable String providerJobId,
    String mode,
    int attempt,
    @Nullable String code,
    @Nullable String kind,
    @Nullable Boolean retryable,
    @Nullable String message,
    @Nullable Long input,
    @Nullable Long output,
    @Nullable BigDecimal costPico,
    @Nullable BigDecimal syncCostPico,
    int sourcePart,
    long sourcePlace) {

  private static final int PICO = 12;

  static Outcome of(long place, LlmResult result) {
    return new Outcome(
        place,
        result.getCompletedAt(),
        result.getAdmittedAt(),
        result.getCustomId(),
        result.getTenant(),
        result.getLabels(),
        result.getAccount(),
        result.getModel(),
        result.getBatchId(),
        result.getProviderJobId(),
        lower(result.getMode()),
        result.getAttempt(),
        null,
        null,
        null,
        null,
        result.getUsage().getInput(),
        result.getUsage().getOutput(),
        exact(result.getCostPicoUsd()),
        exact(result.getSyncCostPicoUsd()),
        result.getSourcePartition(),
        result.getSourceOffset());
  }

  static Outcome of(long place, LlmFailure failure) {
    return new Outcome(
        place,
        failure.getFailedAt(),
        null,
        failure.getCustomId(),
        failure.getTenant(),
        failure.getLabels(),
        failure.getAccount(),
        failure.getModel(),
        failure.getBatchId(),
        failure.getProviderJobId(),
        lower(failure.getMode()),
        failure.getAttempts(),
        failure.getCode(),
        lower(failure.getKind()),
        failure.getRetryable(),
        failure.getMessage(),
        null,
        null,
        null,
        null,
        failure.getSourcePartition(),
        failure.getSourceOffset());
  }

  static Outcome of(long place, boolean failed, OutcomeLine line) {
    Map<String, String> more = line.others();
    String when = more.get(failed ? "failed_at" : "completed_at");
    if (when == null) {
      throw new SerializationException("it is no outcome: it does not say when it was made");
    }
    String admitted = more.get("admitted_at");
    return new Outcome(
        place,
        Instant.parse(when),
        admitted == null ? null : Instant.parse(admitted),
        line.customId(),
        line.tenant(),
        line.labels(),
        more.get("account"),
        line.model(),
        more.get("batch_id"),
        more.get("provider_job_id"),
        more.getOrDefault("mode", "batch"),
        Integer.parseInt(more.getOrDefault(failed ? "attempts" : "attempt", "0")),
        failed ? line.code() : null,
        more.get("kind"),
        failed ? line.retryable() : null,
        more.get("message"),
        number(more.get("usage.input")),
        number(more.get("usage.output")),
        pico(more.get("cost_usd")),
        pico(more.get("sync_cost_usd")),
        line.sourcePartition(),
        line.sourceOffset());
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }

  private static @Nullable BigDecimal exact(@Nullable Long pico) {
    return pico == null ? null : BigDecimal.valueOf(pico);
  }

  private static @Nullable Long number(@Nullable String text) {
    return text == null ? null : Long.valueOf(text);
  }

  private static @Nullable BigDecimal pico(@Nullable String usd) {
    return usd == null ? null : new BigDecimal(usd).movePointRight(PICO).setScale(0);
  }
}
