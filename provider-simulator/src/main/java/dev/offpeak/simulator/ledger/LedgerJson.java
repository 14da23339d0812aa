package dev.offpeak.simulator.ledger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;

/** The ledger line as JSON: {@code {"at":…,"provider":…,"organization":…,"job":…,…}}. */
final class LedgerJson {
  static final JsonFactory FACTORY = new JsonFactory();

  private LedgerJson() {}

  static void write(JsonGenerator json, LedgerEntry entry) throws IOException {
    json.writeStartObject();
    json.writeStringField("at", Instant.ofEpochMilli(entry.at()).toString());
    json.writeStringField("provider", entry.provider());
    json.writeStringField("organization", entry.owner());
    json.writeStringField("job", entry.job());
    json.writeStringField("custom_id", entry.customId());
    json.writeStringField("body_sha256", entry.bodySha256());
    json.writeStringField("model", entry.model());
    json.writeNumberField("status", entry.status());
    json.writeNumberField("input_tokens", entry.inputTokens());
    json.writeNumberField("cached_tokens", entry.cachedTokens());
    json.writeNumberField("cache_write_tokens", entry.cacheWriteTokens());
    json.writeNumberField("output_tokens", entry.outputTokens());
    json.writeBooleanField("billed", entry.billed());
    json.writeEndObject();
    json.writeRaw('\n');
  }

  static LedgerEntry read(byte[] line, int offset, int length) throws IOException {
    String at = "";
    String provider = "";
    String owner = "";
    String job = "";
    String customId = "";
    String body = "";
    String model = "";
    int status = 0;
    long input = 0;
    long cached = 0;
    long cacheWrites = 0;
    long output = 0;
    boolean billed = false;
    try (JsonParser json = FACTORY.createParser(line, offset, length)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "at" -> at = json.getText();
          case "provider" -> provider = json.getText();
          case "organization" -> owner = json.getText();
          case "job" -> job = json.getText();
          case "custom_id" -> customId = json.getText();
          case "body_sha256" -> body = json.getText();
          case "model" -> model = json.getText();
          case "status" -> status = json.getIntValue();
          case "input_tokens" -> input = json.getLongValue();
          case "cached_tokens" -> cached = json.getLongValue();
          case "cache_write_tokens" -> cacheWrites = json.getLongValue();
          case "output_tokens" -> output = json.getLongValue();
          case "billed" -> billed = json.getBooleanValue();
          default -> json.skipChildren();
        }
      }
    }
    long millis = Instant.parse(at).toEpochMilli();
    return new LedgerEntry(
        millis,
        provider,
        owner,
        job,
        customId,
        body,
        model,
        status,
        input,
        cached,
        cacheWrites,
        output,
        billed);
  }
}
