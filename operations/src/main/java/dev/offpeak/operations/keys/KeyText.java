package dev.offpeak.operations.keys;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.core.price.PicoUsd;
import dev.offpeak.schemas.avro.GatewayKey;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Keys for a person, or for a program; never with their digests. */
final class KeyText {

  private KeyText() {}

  static boolean isGood(GatewayKey key, Instant now) {
    return key.getRevokedAt() == null
        && (key.getExpiresAt() == null || key.getExpiresAt().isAfter(now));
  }

  static String of(Collection<GatewayKey> keys, Instant now) {
    if (keys.isEmpty()) {
      return "no keys; make one with: offpeak keys create NAME\n";
    }
    String format = "%-20s  %-14s  %-11s  %-20s  %s%n";
    StringBuilder text =
        new StringBuilder(format.formatted("NAME", "TENANT", "POLICY", "CREATED", "WHAT HOLDS"));
    for (GatewayKey key : keys) {
      text.append(
          format.formatted(
              key.getName(),
              key.getTenant(),
              policy(key),
              key.getCreatedAt().toString().substring(0, 19) + "Z",
              String.join(", ", terms(key, now))));
    }
    return text.toString();
  }

  private static String policy(GatewayKey key) {
    return key.getPolicy().name().toLowerCase(Locale.ROOT);
  }

  private static List<String> terms(GatewayKey key, Instant now) {
    List<String> terms = new ArrayList<>();
    if (key.getRevokedAt() != null) {
      terms.add("revoked " + key.getRevokedAt());
    } else if (!isGood(key, now)) {
      terms.add("expired " + key.getExpiresAt());
    } else if (key.getExpiresAt() != null) {
      terms.add("expires " + key.getExpiresAt());
    }
    add(terms, "team ", key.getTeam());
    add(terms, "feature ", key.getFeature());
    add(terms, "models ", key.getModels().isEmpty() ? null : String.join(" ", key.getModels()));
    add(terms, "rules ", key.getRules().isEmpty() ? null : key.getRules().size());
    add(terms, "requests/min ", key.getRequestsPerMinute());
    add(terms, "input tokens/min ", key.getInputTokensPerMinute());
    add(terms, "at a time ", key.getConcurrent());
    add(terms, "$/day ", usd(key.getDayPicoUsd()));
    add(terms, "$/month ", usd(key.getMonthPicoUsd()));
    return terms;
  }

  private static void add(List<String> terms, String name, @Nullable Object value) {
    if (value != null) {
      terms.add(name + value);
    }
  }

  private static @Nullable String usd(@Nullable Long pico) {
    return pico == null ? null : PicoUsd.usd(pico).stripTrailingZeros().toPlainString();
  }

  static String json(GatewayKey key) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
      out.writeStartObject();
      out.writeStringField("name", key.getName());
      out.writeStringField("tenant", key.getTenant());
      out.writeBooleanField("may_choose_tenant", key.getMayChooseTenant());
      field(out, "team", key.getTeam());
      field(out, "feature", key.getFeature());
      out.writeStringField("policy", policy(key));
      out.writeArrayFieldStart("models");
      for (String model : key.getModels()) {
        out.writeString(model);
      }
      out.writeEndArray();
      field(out, "requests_per_minute", key.getRequestsPerMinute());
      field(out, "input_tokens_per_minute", key.getInputTokensPerMinute());
      field(out, "concurrent", key.getConcurrent());
      field(out, "day_usd", usd(key.getDayPicoUsd()));
      field(out, "month_usd", usd(key.getMonthPicoUsd()));
      field(out, "created_at", key.getCreatedAt());
      field(out, "expires_at", key.getExpiresAt());
      field(out, "revoked_at", key.getRevokedAt());
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory can't fail", e);
    }
    return text.toString();
  }

  private static void field(JsonGenerator out, String name, @Nullable Object value)
      throws IOException {
    switch (value) {
      case null -> out.writeNullField(name);
      case Number number -> out.writeNumberField(name, number.longValue());
      default -> out.writeStringField(name, value.toString());
    }
  }
}
