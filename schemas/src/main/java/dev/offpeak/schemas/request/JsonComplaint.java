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
    Matcher control = CONTROL.matcher(said);
    if (control.find()) {
      return control(Integer.parseInt(control.group(1)));
    }
    Matcher character = CHARACTER.matcher(said);
    if (character.matches()) {
      return character(Integer.parseInt(character.group(2)), character.group(3));
    }
    Matcher token = TOKEN.matcher(said);
    if (token.find()) {
      return token(token.group(1));
    }
    Matcher escape = ESCAPE.matcher(said);
    if (escape.find()) {
      return "a backslash stands before "
          + escape.group(1).replaceAll(" \\(code \\d+\\)", "")
          + "; write a backslash twice";
    }
    Matcher number = NUMBER.matcher(said);
    if (number.find()) {
      String reason = number.group(1);
      return reason.startsWith("Leading zero")
          ? "a number begins with 0; leave the zero out"
          : "a number is malformed";
    }
    int detail = said.indexOf(" (");
    return TextRules.shorten(detail < 0 ? said : said.substring(0, Math.min(detail, LONGEST)));
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
    String shown = TextRules.shorten(token);
    return switch (token) {
      case "True", "False" -> shown + " is no JSON; write " + token.toLowerCase(Locale.ROOT);
      case "None", "nil", "undefined" -> shown + " is no JSON; write null";
      case "NaN", "INF", "Infinity", "-INF", "-Infinity", "+INF", "+Infinity" ->
          shown + " is no JSON number; write null, or leave it out";
      default -> shown + " is no JSON; texts stand in double quotes";
    };
  }
}
