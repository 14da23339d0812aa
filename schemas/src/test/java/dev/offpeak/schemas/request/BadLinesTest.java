package dev.offpeak.schemas.request;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.schemas.request.RequestDecoding.Undecodable;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BadLinesTest {

  private static final String CHAT =
      "\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":{\"model\":\"gpt-5\"}";

  @ParameterizedTest(name = "{0}")
  @MethodSource("badLines")
  void aBadLineGetsOneCodeAndAMessageThatSaysWhatToDo(
      String kind, byte @Nullable [] line, FailureCode code, @Nullable String id, String message) {
    RequestDecoding decoding =
        new RequestDecoder((headers, value) -> null).decode(line, new RecordHeaders());

    assertThat(decoding).isEqualTo(new Undecodable(code, message, id, "default", Map.of()));
  }

  private static Stream<Arguments> badLines() {
    return Stream.of(
        bad(
            "no value",
            (byte[]) null,
            malformed(),
            null,
            "the record has no value; send a JSON line or an Avro request"),
        bad(
            "empty value",
            "",
            malformed(),
            null,
            "the record has no value; send a JSON line or an Avro request"),
        bad(
            "white space",
            " \r\n",
            malformed(),
            null,
            "the line is empty or only white space; leave it out"),
        bad(
            "only a byte order mark",
            "\uFEFF",
            malformed(),
            null,
            "the line is empty or only white space; leave it out"),
        bad(
            "binary",
            new byte[] {(byte) 0x89, 'P', 'N', 'G'},
            malformed(),
            null,
            "the line begins with byte 0x89, not a JSON object, nor Avro in the Confluent wire"
                + " format (first byte 0)"),
        bad("array", "[1]", malformed(), null, "the line is a list, not a JSON object"),
        bad(
            "broken off",
            "{\"custom_id\":\"a\",\"method\":",
            malformed(),
            "a",
            "the line is not valid JSON at byte 26: it ends too early; a quote or a closing bracket"
                + " is missing"),
        bad(
            "broken JSON",
            "{\"custom_id\":\"a\",}",
            malformed(),
            "a",
            "the line is not valid JSON at byte 17: a comma stands before }; take it out"),
        bad(
            "two lines in one",
            "{\"custom_id\":\"a\"," + CHAT + "}{}",
            malformed(),
            "a",
            "a second JSON value begins at byte 87; a record holds one line"),
        bad(
            "key twice",
            "{\"custom_id\":\"a\",\"custom_id\":\"b\"," + CHAT + "}",
            malformed(),
            "a",
            "\"custom_id\" stands twice in the line"),
        bad(
            "model twice",
            chat("a", "{\"model\":\"x\",\"model\":\"y\"}"),
            malformed(),
            "a",
            "\"model\" stands twice in the body; keep one"),
        bad(
            "not UTF-8",
            latin1("{\"custom_id\":\"caf\u00e9\"," + CHAT + "}"),
            malformed(),
            null,
            "the line is not valid UTF-8 at byte 17 (0xe9); write JSON in UTF-8"),
        bad(
            "surrogate in UTF-8",
            new byte[] {'{', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80},
            malformed(),
            null,
            "the line is not valid UTF-8 at byte 2 (0xed); write JSON in UTF-8"),
        bad(
            "control character in a string",
            "{\"custom_id\":\"a\u0001\"}",
            malformed(),
            null,
            "the line is not valid JSON at byte 15: a control character (code 1) stands in it;"
                + " within a text write \\u0001"),
        bad(
            "a number that JSON does not have",
            chat("a", "{\"model\":\"x\",\"temperature\":NaN}"),
            malformed(),
            "a",
            "the line is not valid JSON at byte 99: NaN is no JSON number; write null, or leave it"
                + " out"),
        bad(
            "Python",
            "{'custom_id': 'a'}",
            malformed(),
            null,
            "the line is not valid JSON at byte 1: a single quote stands where \" should; JSON has"
                + " double quotes only"),
        bad(
            "Python's words, before the id",
            "{\"params\":{\"a\":True},\"custom_id\":\"a\"}",
            malformed(),
            "a",
            "the line is not valid JSON at byte 15: True is no JSON; write true"),
        bad(
            "url without /v1",
            chat("a", "{\"model\":\"x\"}").replace("/v1/chat/", "/chat/"),
            FailureCode.UNSUPPORTED_ENDPOINT,
            "a",
            "\"url\" is \"/chat/completions\"; write \"/v1/chat/completions\": it must be one of"
                + " /v1/responses, /v1/chat/completions, /v1/embeddings, /v1/completions,"
                + " /v1/moderations, /v1/images/generations, /v1/images/edits, /v1/videos"),
        bad(
            "too deep",
            chat("a", "{\"x\":" + "[".repeat(1001) + "]".repeat(1001) + "}"),
            malformed(),
            "a",
            "the line is nested deeper than 1000 levels; make it flatter"),
        bad(
            "no custom id",
            "{" + CHAT + "}",
            FailureCode.INVALID_CUSTOM_ID,
            null,
            "\"custom_id\" is missing; each request needs one, a string of 1 to 512 bytes of"
                + " UTF-8"),
        bad(
            "custom id a number",
            "{\"custom_id\":7," + CHAT + "}",
            FailureCode.INVALID_CUSTOM_ID,
            null,
            "\"custom_id\" is a number; each request needs one, a string of 1 to 512 bytes of"
                + " UTF-8"),
        bad(
            "custom id empty",
            "{\"custom_id\":\"\"," + CHAT + "}",
            FailureCode.INVALID_CUSTOM_ID,
            "",
            "\"custom_id\" is empty; each request needs one, a string of 1 to 512 bytes of UTF-8"),
        bad(
            "custom id of 64 kB",
            "{\"custom_id\":\"" + "x".repeat(65_536) + "\"," + CHAT + "}",
            FailureCode.INVALID_CUSTOM_ID,
            "x".repeat(128),
            "\"custom_id\" is 65,536 bytes long; at most 512 bytes of UTF-8 are allowed"),
        bad(
            "custom id 513 bytes of emoji and one letter",
            "{\"custom_id\":\"" + "\uD83D\uDE00".repeat(128) + "x\"," + CHAT + "}",
            FailureCode.INVALID_CUSTOM_ID,
            "\uD83D\uDE00".repeat(64),
            "\"custom_id\" is 513 bytes long; at most 512 bytes of UTF-8 are allowed"),
        bad(
            "half an emoji",
            "{\"custom_id\":\"\\ud83d\"," + CHAT + "}",
            FailureCode.INVALID_CUSTOM_ID,
            "\uD83D",
            "\"custom_id\" holds half of a surrogate pair, which is no character; use whole"
                + " characters"),
        bad(
            "no body",
            "{\"custom_id\":\"a\",\"method\":\"POST\",\"url\":\"/v1/responses\"}",
            malformed(),
            "a",
            "\"body\" is missing; a line is {\"custom_id\",\"method\",\"url\",\"body\"} (OpenAI),"
                + " {\"custom_id\",\"params\"} (Anthropic) or {\"key\",\"request\"} (Gemini)"),
        bad(
            "body a string",
            chat("a", "\"{}\""),
            malformed(),
            "a",
            "\"body\" is a string; it must be a JSON object"),
        bad(
            "no shape",
            "{\"custom_id\":\"a\"}",
            malformed(),
            "a",
            "the line has none of body, params and request; a line is"
                + " {\"custom_id\",\"method\",\"url\",\"body\"} (OpenAI),"
                + " {\"custom_id\",\"params\"} (Anthropic) or {\"key\",\"request\"} (Gemini)"),
        bad(
            "two shapes",
            "{\"custom_id\":\"a\",\"params\":{}," + CHAT + "}",
            malformed(),
            "a",
            "the line has more than one of body, params and request; a line is"
                + " {\"custom_id\",\"method\",\"url\",\"body\"} (OpenAI),"
                + " {\"custom_id\",\"params\"} (Anthropic) or {\"key\",\"request\"} (Gemini)"),
        bad(
            "method GET",
            chat("a", "{\"model\":\"x\"}").replace("POST", "GET"),
            FailureCode.UNSUPPORTED_ENDPOINT,
            "a",
            "\"method\" is \"GET\"; it must be \"POST\""),
        bad(
            "wrong url",
            chat("a", "{\"model\":\"x\"}").replace("/v1/chat/", "/v2/chat/"),
            FailureCode.UNSUPPORTED_ENDPOINT,
            "a",
            "\"url\" is \"/v2/chat/completions\"; it must be one of /v1/responses,"
                + " /v1/chat/completions, /v1/embeddings, /v1/completions, /v1/moderations,"
                + " /v1/images/generations, /v1/images/edits, /v1/videos"),
        bad(
            "no model",
            chat("a", "{\"messages\":[{\"model\":\"nested\"}]}"),
            FailureCode.MISSING_MODEL,
            "a",
            "\"model\" is missing or empty in the body; name the model there"),
        bad(
            "model a number",
            chat("a", "{\"model\":4}"),
            FailureCode.INVALID_FIELD,
            "a",
            "\"model\" is a number; it must be a string"),
        bad(
            "stream",
            chat("a", "{\"model\":\"x\",\"stream\":true}"),
            FailureCode.UNSUPPORTED_PARAMETER,
            "a",
            "\"stream\" is true; batches have no streamed answers: remove it or set it to false"),
        bad(
            "Gemini line with OpenAI's name of the id",
            "{\"custom_id\":\"a\",\"request\":{\"contents\":[]}}",
            FailureCode.INVALID_CUSTOM_ID,
            "a",
            "\"key\" is missing; a line with \"request\" (Gemini) names its id \"key\", not"
                + " \"custom_id\""),
        bad(
            "Gemini line without a model",
            "{\"key\":\"a\",\"request\":{\"contents\":[]}}",
            FailureCode.MISSING_MODEL,
            "a",
            "no model is named; give it as header offpeak-model, as field \"model\" of the Avro"
                + " record, or as \"model\" within the request"));
  }

  private static Arguments bad(
      String kind, String line, FailureCode code, @Nullable String id, String message) {
    return bad(kind, line.getBytes(UTF_8), code, id, message);
  }

  private static Arguments bad(
      String kind, byte @Nullable [] line, FailureCode code, @Nullable String id, String message) {
    return arguments(kind, line, code, id, message);
  }

  private static FailureCode malformed() {
    return FailureCode.MALFORMED_RECORD;
  }

  private static String chat(String id, String body) {
    return "{\"custom_id\":\""
        + id
        + "\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":"
        + body
        + "}";
  }

  private static byte[] latin1(String line) {
    return line.getBytes(ISO_8859_1);
  }
}
