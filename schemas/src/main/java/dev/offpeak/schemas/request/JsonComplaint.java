package dev.offpeak.schemas.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is wrong with text that is no JSON, in the words of whoever wrote the text. */
final class JsonComplaint {

  private static final Pattern CHARACTER =
      Pattern.compile(
          "Unexpected character \\((.+?) \\(code (\\d+).*?\\)\\):? ?(.*)", Pattern.DOTALL);
  private static final Pattern TOKEN =
      Pattern.compile("(?:Unrecognized|Non-standard) token '(.*?)'");
  private static final Pattern CONTROL = Pattern.compile("\\(?CTRL-CHAR, code (\\d+)");
  private static final Pattern ESCAPE = Pattern.compile("Unrecognized character escape (.+)");
  private static final Pattern NUMBER = Pattern.compile("Invalid numeric value: (.+)");
  private static final int LONGEST = 200;

  private JsonComplaint() {}

  /** The sentence, without the place. */
  static String of(JsonProcessingException e) {
    String said = String.valueOf(e.getOriginalMessage());
    if (e instanceof JsonEOFException || said.startsWith("Unexpected end-of-input")) {
      return "it ends too early; a quote or a closing bracket is missing";
    }
    Matcher found;
    if ((found = CONTROL.matcher(said)).find()) {
      return control(Integer.parseInt(found.group(1)));
    }
    if ((found = CHARACTER.matcher(said)).matches()) {
      return character(Integer.parseInt(found.group(2)), found.group(3));
    }
    if ((found = TOKEN.matcher(said)).find()) {
      return token(found.group(1));
    }
    if ((found = ESCAPE.matcher(said)).find()) {
      return "a backslash stands before "
          + found.group(1).replaceAll(" \\(code \\d+\\)", "")
          + "; write a backslash twice";
    }
    if ((found = NUMBER.matcher(said)).find()) {
      String reason = found.group(1);
      return reason.startsWith("Leading zero")
          ? "a number begins with 0; leave the zero out"
          : "a number is malformed";
    }
    int detail = said.indexOf(" (");
    return Texts.shorten(detail < 0 ? said : said.substring(0, Math.min(detail, LONGEST)));
  }

  private static String control(int code) {
    return code == '\n' || code == '\r'
        ? "a line break stands in a text; write \\n"
        : "a control character (code %d) stands in it; within a text write \\u%04x"
            .formatted(code, code);
  }

  private static String character(int code, String expected) {
    String found = "'" + Character.toString(code) + "'";
    if (code == '\'') {
      return "a single quote stands where \" should; JSON has double quotes only";
    }
    if (code == '/' || code == '#') {
      return found + " stands in it; JSON has no comments";
    }
    if (expected.contains("field name")) {
      return code == '}'
          ? "a comma stands before }; take it out"
          : found + " stands where a name in double quotes should";
    }
    if (expected.contains("colon")) {
      return found + " stands where a colon should";
    }
    if (expected.contains("comma")) {
      return found + " stands where a comma or a closing bracket should";
    }
    return code == ']' || code == '}' || code == ','
        ? found + " stands where a value should; is there a comma too many?"
        : found + " stands where a value should";
  }

  private static String token(String token) {
    String shown = Texts.shorten(token);
    return switch (token) {
      case "True", "False" -> shown + " is no JSON; write " + token.toLowerCase(Locale.ROOT);
      case "None", "nil", "undefined" -> shown + " is no JSON; write null";
      case "NaN", "INF", "Infinity", "-INF", "-Infinity", "+INF", "+Infinity" ->
          shown + " is no JSON number; write null, or leave it out";
      default -> shown + " is no JSON; texts stand in double quotes";
    };
  }
}
