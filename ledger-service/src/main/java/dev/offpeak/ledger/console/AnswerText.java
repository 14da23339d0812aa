package dev.offpeak.ledger.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What providers say, for a person, in a bounded length. */
final class AnswerText {

  /** Where each of the providers has the words of a model, and of an error. */
  private static final Set<String> WORDS = Set.of("content", "text", "refusal", "message");

  /** Longer ones are not set out in lines. */
  private static final int SET_OUT = 262_144;

  private static final int SHOWN = 20_000;
  private static final JsonFactory JSON = new JsonFactory();

  private AnswerText() {}

  /** The words in it; empty when there are none, as in an embedding. */
  static String words(byte[] json) {
    List<String> found = new ArrayList<>();
    int length = 0;
    try (JsonParser parser = JSON.createParser(json)) {
      while (parser.nextToken() != null && length < SHOWN) {
        if (parser.currentToken() == JsonToken.VALUE_STRING
            && parser.currentName() != null
            && WORDS.contains(parser.currentName())) {
          found.add(parser.getText());
          length += parser.getText().length();
        }
      }
    } catch (IOException e) {
      return "";
    }
    return cut(String.join("\n\n", found));
  }

  /** All of it, set out in lines where it is JSON and not too long. */
  static String whole(byte[] json) {
    if (json.length > SET_OUT) {
      return cut(new String(json, 0, SHOWN + 1, UTF_8));
    }
    StringWriter text = new StringWriter();
    try (JsonParser parser = JSON.createParser(json);
        JsonGenerator lines =
            JSON.createGenerator(text).setPrettyPrinter(new DefaultPrettyPrinter())) {
      parser.nextToken();
      lines.copyCurrentStructure(parser);
    } catch (IOException e) {
      return cut(new String(json, UTF_8));
    }
    return cut(text.toString());
  }

  private static String cut(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "\n… cut here";
  }
}
