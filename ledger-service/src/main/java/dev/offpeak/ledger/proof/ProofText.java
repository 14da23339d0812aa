package dev.offpeak.ledger.proof;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.ledger.report.Usd;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The evidence of days for whoever keeps it: every digit, as JSON lines or CSV. */
public final class ProofText {

  private static final JsonFactory JSON = new JsonFactory();
  private static final String HEAD =
      "account,first_day,last_day,state,ledger_requests,provider_requests,ledger_input_tokens,"
          + "provider_input_tokens,ledger_output_tokens,provider_output_tokens,ledger_usd,"
          + "provider_usd,difference_usd,reasons\n";

  private ProofText() {}

  /** An object a line. */
  public static String json(List<DayProof> days) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.setRootValueSeparator(null);
      for (DayProof day : days) {
        write(json, day);
        json.writeRaw('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, DayProof day) throws IOException {
    json.writeStartObject();
    json.writeStringField("account", day.account());
    json.writeStringField("first_day", day.first().toString());
    json.writeStringField("last_day", day.last().toString());
    json.writeStringField("state", day.state().word());
    used(json, "ledger", day.ours());
    used(json, "provider", day.theirs());
    json.writeStringField("ledger_usd", Usd.exact(day.oursUsd()));
    json.writeStringField("provider_usd", usd(day.theirsUsd()));
    json.writeStringField("difference_usd", usd(day.difference()));
    json.writeArrayFieldStart("residuals");
    for (Residual of : day.residuals()) {
      json.writeStartObject();
      json.writeStringField("kind", of.kind().word());
      json.writeStringField("about", of.about());
      json.writeStringField("words", of.kind().words());
      used(json, "more", of.used());
      json.writeStringField("usd", Usd.exact(of.usd()));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void used(JsonGenerator json, String name, Used used) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField("requests", used.requests());
    json.writeNumberField("input_tokens", used.input());
    json.writeNumberField("cached_input_tokens", used.cached());
    json.writeNumberField("cache_write_tokens", used.written());
    json.writeNumberField("output_tokens", used.output());
    json.writeEndObject();
  }

  private static String usd(@Nullable BigDecimal usd) {
    return usd == null ? "" : Usd.exact(usd);
  }

  /** A table for a spreadsheet. */
  public static String csv(List<DayProof> days) {
    StringBuilder text = new StringBuilder(HEAD);
    for (DayProof day : days) {
      List<Object> cells =
          List.of(
              quoted(day.account()),
              day.first(),
              day.last(),
              day.state().word(),
              day.ours().requests(),
              day.theirs().requests(),
              day.ours().input(),
              day.theirs().input(),
              day.ours().output(),
              day.theirs().output(),
              Usd.exact(day.oursUsd()),
              usd(day.theirsUsd()),
              usd(day.difference()),
              quoted(String.join("; ", day.residuals().stream().map(ProofText::reason).toList())));
      text.append(String.join(",", cells.stream().map(Objects::toString).toList())).append('\n');
    }
    return text.toString();
  }

  private static String reason(Residual of) {
    return of.kind().word() + " " + of.about() + " " + Usd.exact(of.usd());
  }

  /** No name of somebody's is a formula of a spreadsheet, nor ends its cell. */
  private static String quoted(String foreign) {
    String safe = foreign.matches("(?s)[=+@\t\r-].*") ? "'" + foreign : foreign;
    return "\"" + safe.replace("\"", "\"\"") + "\"";
  }
}
