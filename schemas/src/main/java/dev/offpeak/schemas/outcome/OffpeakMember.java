package dev.offpeak.schemas.outcome;

import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.avro.LlmResult;
import dev.offpeak.schemas.avro.Tokens;
import dev.offpeak.schemas.avro.UsageMode;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What Offpeak adds to a line, whatever the provider: every field of the Avro form, but ids and
 * bodies, which stand where the provider's own lines have them.
 */
final class OffpeakMember {

  private static final int PICO = 12;

  private OffpeakMember() {}

  static void ofResult(LlmResult result, LineWriter out) {
    out.name("offpeak").open();
    owner(result.getTenant(), result.getLabels(), out);
    target(result.getProvider(), result.getAccount(), result.getEndpoint(), result.getModel(), out);
    out.name("status_code").number(result.getStatusCode());
    out.name("provider_request_id").text(result.getProviderRequestId());
    out.name("batch_id").text(result.getBatchId());
    out.name("provider_job_id").text(result.getProviderJobId());
    out.name("attempt").number(result.getAttempt());
    out.name("mode").text(mode(result.getMode()));
    usage(result.getUsage(), out);
    out.name("usage_problem").text(result.getUsageProblem());
    Long cost = result.getCostPicoUsd();
    Long sync = result.getSyncCostPicoUsd();
    out.name("cost_usd").literal(usd(cost));
    out.name("sync_cost_usd").literal(usd(sync));
    out.name("saved_usd").literal(usd(cost == null || sync == null ? null : sync - cost));
    out.name("source_partition").number(result.getSourcePartition());
    out.name("source_offset").number(result.getSourceOffset());
    out.name("admitted_at").text(result.getAdmittedAt().toString());
    out.name("completed_at").text(result.getCompletedAt().toString());
    out.close();
  }

  static void ofFailure(LlmFailure failure, LineWriter out) {
    out.name("offpeak").open();
    owner(failure.getTenant(), failure.getLabels(), out);
    target(
        failure.getProvider(),
        failure.getAccount(),
        failure.getEndpoint(),
        failure.getModel(),
        out);
    out.name("status_code").number(failure.getStatusCode());
    out.name("batch_id").text(failure.getBatchId());
    out.name("provider_job_id").text(failure.getProviderJobId());
    out.name("code").text(failure.getCode());
    out.name("message").text(failure.getMessage());
    out.name("kind").text(failure.getKind().name().toLowerCase(Locale.ROOT));
    out.name("outcome").text(failure.getOutcome().name().toLowerCase(Locale.ROOT));
    out.name("retryable").literal(Boolean.toString(failure.getRetryable()));
    out.name("attempts").number(failure.getAttempts());
    out.name("mode").text(mode(failure.getMode()));
    out.name("source_partition").number(failure.getSourcePartition());
    out.name("source_offset").number(failure.getSourceOffset());
    out.name("failed_at").text(failure.getFailedAt().toString());
    original(failure.getOriginal(), out);
    out.close();
  }

  private static void owner(String tenant, Map<String, String> labels, LineWriter out) {
    out.name("tenant").text(tenant);
    out.name("labels").open();
    new TreeMap<>(labels).forEach((label, value) -> out.name(label).text(value));
    out.close();
  }

  private static void target(
      @Nullable String provider,
      @Nullable String account,
      @Nullable String endpoint,
      @Nullable String model,
      LineWriter out) {
    out.name("provider").text(provider);
    out.name("account").text(account);
    out.name("endpoint").text(endpoint);
    out.name("model").text(model);
  }

  private static String mode(UsageMode mode) {
    return mode.name().toLowerCase(Locale.ROOT);
  }

  private static void usage(Tokens usage, LineWriter out) {
    out.name("usage").open();
    out.name("input").number(usage.getInput());
    out.name("cached_input").number(usage.getCachedInput());
    out.name("cache_write").number(usage.getCacheWrite());
    out.name("output").number(usage.getOutput());
    out.name("reasoning").number(usage.getReasoning());
    out.close();
  }

  /** The record as the user sent it; an Avro record is no text. */
  private static void original(ByteBuffer original, LineWriter out) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(original.duplicate()).toString();
      out.name("original").text(text);
    } catch (CharacterCodingException notText) {
      ByteBuffer coded = Base64.getEncoder().encode(original.duplicate());
      out.name("original_base64").text(StandardCharsets.US_ASCII.decode(coded).toString());
    }
  }

  private static String usd(@Nullable Long pico) {
    if (pico == null) {
      return "null";
    }
    return pico == 0 ? "0" : BigDecimal.valueOf(pico, PICO).stripTrailingZeros().toPlainString();
  }
}
