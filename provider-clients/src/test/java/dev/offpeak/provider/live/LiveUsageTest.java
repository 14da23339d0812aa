package dev.offpeak.provider.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.price.ReportedUsage;
import dev.offpeak.core.price.TokenUsage;
import dev.offpeak.provider.adapter.BuiltInProviders;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Usage is read from whatever pieces an answer comes in. */
class LiveUsageTest {

  private record Answer(String provider, boolean isStream, String text, TokenUsage expected) {}

  private static final Answer CHAT =
      new Answer(
          "openai",
          false,
          """
          {"id": "chatcmpl-1", "model": "gpt-4o-2024-08-06", "service_tier": "default",
           "choices": [{"message": {"content": "usage", "usage": {"prompt_tokens": 9}}}],
           "usage": {"prompt_tokens": 20, "completion_tokens": 7, "total_tokens": 27,
             "prompt_tokens_details": {"cached_tokens": 4},
             "completion_tokens_details": {"reasoning_tokens": 3}}}
          """,
          new TokenUsage(20, 4, 0, 7, 3));

  private static final Answer CHAT_STREAM =
      new Answer(
          "openai",
          true,
          """
          : keep-alive

          data: {"model":"gpt-4o-2024-08-06","choices":[{"delta":{"content":"h\\u00e9"}}],"usage":null}

          data: {"model":"gpt-4o-2024-08-06","choices":[],"usage":{"prompt_tokens":20,"completion_tokens":7}}

          data: [DONE]

          """,
          new TokenUsage(20, 0, 0, 7, 0));

  private static final Answer RESPONSE_STREAM =
      new Answer(
          "openai",
          true,
          """
          event: response.created
          data: {"type":"response.created","response":{"model":"gpt-5","usage":null}}

          event: response.completed
          data: {"type":"response.completed","response":{"model":"gpt-5","output":[{"model":"x"}],"usage":\
          {"input_tokens":11,"input_tokens_details":{"cached_tokens":2},"output_tokens":5}}}

          """,
          new TokenUsage(11, 2, 0, 5, 0));

  private static final Answer MESSAGE_STREAM =
      new Answer(
          "anthropic",
          true,
          """
          event: message_start
          data: {"type":"message_start","message":{"model":"claude-x","usage":{"input_tokens":10,\
          "cache_read_input_tokens":5,"output_tokens":1}}}

          event: content_block_delta
          data: {"type":"content_block_delta","delta":{"type":"text_delta","text":"usage: {}"}}

          event: message_delta
          data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":15}}

          event: message_stop
          data: {"type":"message_stop"}

          """,
          new TokenUsage(15, 5, 0, 15, 0));

  private static final Answer GEMINI_STREAM =
      new Answer(
          "gemini",
          true,
          """
          data: {"candidates": [], "usageMetadata": {"promptTokenCount": 8, "candidatesTokenCount": 1}}\r
          \r
          data: {"usageMetadata": {"promptTokenCount": 8, "candidatesTokenCount": 6, "thoughtsTokenCount": 2}}\r
          \r
          """,
          new TokenUsage(8, 0, 0, 8, 2));

  private static final Answer GEMINI_LIST =
      new Answer(
          "gemini",
          false,
          """
          [{"usageMetadata": {"promptTokenCount": 8, "candidatesTokenCount": 1}},
           {"modelVersion": "g", "usageMetadata": {"promptTokenCount": 8, "candidatesTokenCount": 6}}]
          """,
          new TokenUsage(8, 0, 0, 6, 0));

  private static final List<Answer> ALL =
      List.of(CHAT, CHAT_STREAM, RESPONSE_STREAM, MESSAGE_STREAM, GEMINI_STREAM, GEMINI_LIST);

  @Provide
  Arbitrary<Answer> answers() {
    return Arbitraries.of(ALL);
  }

  @Property(tries = 300)
  void whereverAnAnswerIsCutItsUsageIsTheSame(
      @ForAll("answers") Answer answer, @ForAll List<Byte> cuts) {
    LiveUsage usage = of(answer);
    byte[] bytes = answer.text().getBytes(UTF_8);
    int at = 0;
    for (int i = 0; at < bytes.length; i++) {
      int length = cuts.isEmpty() ? bytes.length : 1 + Math.floorMod(cuts.get(i % cuts.size()), 40);
      int to = Math.min(bytes.length, at + length);
      usage.piece(Arrays.copyOfRange(bytes, at, to));
      at = to;
    }
    usage.end();

    assertThat(usage.usage()).isEqualTo(ReportedUsage.of(answer.expected()));
    assertThat(usage.isLast()).isTrue();
  }

  @Test
  void theModelAndTheTierAreThoseOfTheAnswer() {
    LiveUsage chat = of(CHAT);
    chat.piece(CHAT.text().getBytes(UTF_8));
    assertThat(chat.model()).isEqualTo("gpt-4o-2024-08-06");
    assertThat(chat.tier()).isEqualTo("default");
    LiveUsage response = of(RESPONSE_STREAM);
    response.piece(RESPONSE_STREAM.text().getBytes(UTF_8));
    assertThat(response.model()).isEqualTo("gpt-5");
  }

  @Test
  void whatWasToldBeforeAStreamBrokeOffIsKnownAndIsNotTheLast() {
    LiveUsage usage = of(MESSAGE_STREAM);
    String text = MESSAGE_STREAM.text();
    usage.piece(text.substring(0, text.indexOf("event: message_delta")).getBytes(UTF_8));

    assertThat(usage.usage().tokens()).isEqualTo(new TokenUsage(15, 5, 0, 1, 0));
    assertThat(usage.isLast()).isFalse();
    usage.piece(text.substring(text.indexOf("event: message_delta")).getBytes(UTF_8));
    assertThat(usage.isLast()).as("before the connection ends").isTrue();
  }

  @Test
  void aStreamWithoutUsageAndWhatIsNoJsonAreNotKnown() {
    for (boolean isStream : List.of(true, false)) {
      LiveUsage usage = new LiveUsage(shape("openai"), isStream);
      usage.piece("data: {\"choices\":[]}\n\ndata: [DONE]\n\n".getBytes(UTF_8));
      usage.piece("data: {\"usage\":{\"prompt_tokens\":[".getBytes(UTF_8));
      usage.end();
      assertThat(usage.usage()).isEqualTo(ReportedUsage.MISSING);
    }
  }

  private static LiveUsage of(Answer answer) {
    return new LiveUsage(shape(answer.provider()), answer.isStream());
  }

  private static LiveShape shape(String provider) {
    return BuiltInProviders.PROFILES.of(provider).live();
  }
}
