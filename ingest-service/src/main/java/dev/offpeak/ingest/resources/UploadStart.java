package dev.offpeak.ingest.resources;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.offpeak.schemas.json.ForeignJson;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * What is said about a file at the start of its upload.
 *
 * @param id that the user chose for it; empty leaves it to us
 * @param displayName empty when it has none
 * @param mimeType empty when it is not said
 */
record UploadStart(String id, String displayName, String mimeType) {

  private static final Pattern ID = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?");
  private static final int LONGEST = 512;

  /** Reads the body of a start, which may be empty. */
  static UploadStart of(byte[] body) {
    String id = "";
    String name = "";
    String type = "";
    if (body.length > 0) {
      try (JsonParser json = ForeignJson.parser(body)) {
        json.nextToken();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          String field = json.currentName();
          JsonToken value = json.nextToken();
          if (field.equals("file") && value == JsonToken.START_OBJECT) {
            continue;
          }
          switch (field) {
            case "name" -> id = json.getValueAsString("");
            case "displayName", "display_name" -> name = json.getValueAsString("");
            case "mimeType", "mime_type" -> type = json.getValueAsString("");
            default -> json.skipChildren();
          }
        }
      } catch (IOException e) {
        throw Names.bad("the body can't be read as JSON");
      }
    }
    return new UploadStart(id.replaceFirst("^" + Names.FILES, ""), name, type).checked();
  }

  private UploadStart checked() {
    boolean isChosenWell =
        id.isEmpty() || (ID.matcher(id).matches() && !id.startsWith(Names.RESPONSES));
    if (!isChosenWell) {
      throw Names.bad(
          "file.name must be files/ and 1 to 40 small letters, digits and hyphens, none of these"
              + " at an end, and not begin with "
              + Names.RESPONSES);
    }
    if (displayName.length() > LONGEST || mimeType.length() > LONGEST) {
      throw Names.bad("file.displayName and file.mimeType have " + LONGEST + " characters at most");
    }
    return this;
  }
}
