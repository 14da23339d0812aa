package dev.offpeak.schemas.outcome;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.avro.LlmResult;
import dev.offpeak.schemas.avro.Tokens;
import dev.offpeak.schemas.avro.UsageMode;
import java.io.IOException;
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

  static void ofResult(LlmResult result, JsonGenerator out) throws IOException {
    out.writeObjectFieldStart("offpeak");
    owner(result.getTenant(), result.getLabels(), out);
    target(result.getProvider(), result.getAccount(), result.getEndpoint(), result.getModel(), out);
    out.writeNumberField("status_code", result.getStatusCode());
    out.writeStringField("provider_request_id", result.getProviderRequestId());
    out.writeStringField("batch_id", result.getBatchId());
    out.writeStringField("provider_job_id", result.getProviderJobId());
    out.writeNumberField("attempt", result.getAttempt());
    out.writeStringField("mode", mode(result.getMode()));
    usage(result.getUsage(), out);
    out.writeStringField("usage_problem", result.getUsageProblem());
    Long cost = result.getCostPicoUsd();
    Long sync = result.getSyncCostPicoUsd();
    usd("cost_usd", cost, out);
    usd("sync_cost_usd", sync, out);
    usd("saved_usd", cost == null || sync == null ? null : sync - cost, out);
    out.writeNumberField("source_partition", result.getSourcePartition());
    out.writeNumberField("source_offset", result.getSourceOffset());
    out.writeStringField("admitted_at", result.getAdmittedAt().toString());
    out.writeStringField("completed_at", result.getCompletedAt().toString());
    out.writeEndObject();
  }

  static void ofFailure(LlmFailure failure, JsonGenerator out) throws IOException {
    out.writeObjectFieldStart("offpeak");
    owner(failure.getTenant(), failure.getLabels(), out);
    target(
        failure.getProvider(),
        failure.getAccount(),
        failure.getEndpoint(),
        failure.getModel(),
        out);
    number("status_code", failure.getStatusCode(), out);
    out.writeStringField("batch_id", failure.getBatchId());
    out.writeStringField("provider_job_id", failure.getProviderJobId());
    out.writeStringField("code", failure.getCode());
    out.writeStringField("message", failure.getMessage());
    out.writeStringField("kind", failure.getKind().name().toLowerCase(Locale.ROOT));
    out.writeStringField("outcome", failure.getOutcome().name().toLowerCase(Locale.ROOT));
    out.writeBooleanField("retryable", failure.getRetryable());
    out.writeNumberField("attempts", failure.getAttempts());
    out.writeStringField("mode", mode(failure.getMode()));
    out.writeNumberField("source_partition", failure.getSourcePartition());
    out.writeNumberField("source_offset", failure.getSourceOffset());
    out.writeStringField("failed_at", failure.getFailedAt().toString());
    original(failure.getOriginal(), out);
    out.writeEndObject();
  }

  private static void owner(String tenant, Map<String, String> labels, JsonGenerator out)
      throws IOException {
    out.writeStringField("tenant", tenant);
    out.writeObjectFieldStart("labels");
    for (Map.Entry<String, String> label : new TreeMap<>(labels).entrySet()) {
      out.writeStringField(label.getKey(), label.getValue());
    }
    out.writeEndObject();
  }

  private static void target(
      @Nullable String provider,
      @Nullable String account,
      @Nullable String endpoint,
      @Nullable String model,
      JsonGenerator out)
      throws IOException {
    out.writeStringField("provider", provider);
    out.writeStringField("account", account);
    out.writeStringField("endpoint", endpoint);
    out.writeStringField("model", model);
  }

  private static String mode(UsageMode mode) {
    return mode.name().toLowerCase(Locale.ROOT);
  }

  private static void usage(Tokens usage, JsonGenerator out) throws IOException {
    out.writeObjectFieldStart("usage");
    out.writeNumberField("input", usage.getInput());
    out.writeNumberField("cached_input", usage.getCachedInput());
    out.writeNumberField("cache_write", usage.getCacheWrite());
    out.writeNumberField("output", usage.getOutput());
    out.writeNumberField("reasoning", usage.getReasoning());
    out.writeNumberField("long_cache_write", usage.getLongCacheWrite());
    out.writeEndObject();
  }

  /** The record as the user sent it; an Avro record is no text. */
  private static void original(ByteBuffer original, JsonGenerator out) throws IOException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(original.duplicate()).toString();
      out.writeStringField("original", text);
    } catch (CharacterCodingException notText) {
      ByteBuffer coded = Base64.getEncoder().encode(original.duplicate());
      out.writeStringField("original_base64", StandardCharsets.US_ASCII.decode(coded).toString());
    }
  }

  private static void usd(String name, @Nullable Long pico, JsonGenerator out) throws IOException {
    out.writeFieldName(name);
    if (pico == null) {
      out.writeNull();
    } else if (pico == 0) {
      out.writeNumber(0);
    } else {
      out.writeNumber(BigDecimal.valueOf(pico, PICO).stripTrailingZeros().toPlainString());
    }
  }

  /** A number, or null. */
  static void number(String name, @Nullable Integer value, JsonGenerator out) throws IOException {
    if (value == null) {
      out.writeNullField(name);
    } else {
      out.writeNumberField(name, value);
    }
  }
}
