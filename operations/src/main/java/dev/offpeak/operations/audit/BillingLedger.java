package dev.offpeak.operations.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.offpeak.core.audit.PositionMarks;
import dev.offpeak.core.lane.Position;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads what a provider has executed and billed: lines of JSON with at least {@code custom_id} and
 * {@code billed}, such as the simulator's {@code /_sim/ledger}.
 */
final class BillingLedger {

  private static final JsonFactory JSON = new JsonFactory();

  private BillingLedger() {}

  /** Opens a file, or an http address. */
  static InputStream open(String place) throws IOException {
    return place.startsWith("http://") || place.startsWith("https://")
        ? URI.create(place).toURL().openStream()
        : Files.newInputStream(Path.of(place));
  }

  /**
   * Marks each billed execution of a position of ours; others are left out.
   *
   * @throws IOException when it can't be read, or a line is no JSON object
   */
  static void read(InputStream lines, PositionMarks positions) throws IOException {
    try (JsonParser json = JSON.createParser(lines)) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token != JsonToken.START_OBJECT) {
          throw new IOException("the ledger holds " + token + " where an object should begin");
        }
        readLine(json, positions);
      }
    }
  }

  private static void readLine(JsonParser json, PositionMarks positions) throws IOException {
    String customId = "";
    boolean billed = false;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      switch (name) {
        case "custom_id" -> customId = json.getText();
        case "billed" -> billed = value == JsonToken.VALUE_TRUE;
        default -> json.skipChildren();
      }
    }
    if (billed && customId.length() == Position.PROVIDER_ID_LENGTH && customId.startsWith("op-")) {
      Position position = Position.parse(customId);
      positions.billed(position.partition(), position.offset());
    }
  }
}
