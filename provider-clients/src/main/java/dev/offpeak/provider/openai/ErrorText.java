package dev.offpeak.provider.openai;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Code, type and message of an error object; a bare string is the message. */
record ErrorText(@Nullable String code, @Nullable String type, String message) {

  static final ErrorText NONE = new ErrorText(null, null, "");

  /** Reads the value that is the current token, to its end. */
  static ErrorText read(JsonParser in) throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      String text = in.getValueAsString();
      in.skipChildren();
      return text == null ? NONE : new ErrorText(null, null, text);
    }
    String code = null;
    String type = null;
    String message = null;
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String field = in.currentName();
      in.nextToken();
      switch (field) {
        case "code" -> code = in.getValueAsString();
        case "type" -> type = in.getValueAsString();
        case "message" -> message = in.getValueAsString();
        default -> {}
      }
      in.skipChildren();
    }
    return new ErrorText(code, type, message == null ? "" : message);
  }

  /** Whether there is more to it than an empty object. */
  boolean saysSomething() {
    return !codeOr("").isEmpty() || !message.isBlank();
  }

  /** The code, or else the type, or else that word. */
  String codeOr(String otherwise) {
    if (code != null && !code.isBlank()) {
      return code;
    }
    return type != null && !type.isBlank() ? type : otherwise;
  }
}
