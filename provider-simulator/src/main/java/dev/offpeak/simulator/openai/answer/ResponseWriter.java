package dev.offpeak.simulator.openai.answer;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.offpeak.simulator.answer.Answer;
import dev.offpeak.simulator.answer.Form.Call;
import dev.offpeak.simulator.answer.Speech;
import dev.offpeak.simulator.answer.TokenCount;
import dev.offpeak.simulator.json.Json;
import dev.offpeak.simulator.openai.request.RequestFacts;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes the object that the Responses API answers with. */
final class ResponseWriter {
  private static final JsonNode TEXT =
      Json.MAPPER
          .createObjectNode()
          .set("format", Json.MAPPER.createObjectNode().put("type", "text"));

  private final Speech speech;

  ResponseWriter(Speech speech) {
    this.speech = speech;
  }

  void write(JsonGenerator json, RequestFacts facts, Answer answer, long now) throws IOException {
    TokenCount tokens = answer.tokens();
    boolean cut = AnswerWriter.finishReason(facts, answer).equals("length");
    json.writeStringField("id", AnswerWriter.id("resp_", answer));
    json.writeStringField("object", "response");
    json.writeNumberField("created_at", now);
    json.writeStringField("status", cut ? "incomplete" : "completed");
    json.writeNullField("error");
    if (cut) {
      json.writeObjectFieldStart("incomplete_details");
      json.writeStringField("reason", "max_output_tokens");
      json.writeEndObject();
    } else {
      json.writeNullField("incomplete_details");
    }
    json.writeStringField("model", AnswerWriter.model(facts, ""));
    json.writeArrayFieldStart("output");
    if (tokens.reasoning() > 0) {
      json.writeStartObject();
      json.writeStringField("id", AnswerWriter.id("rs_", answer));
      json.writeStringField("type", "reasoning");
      json.writeArrayFieldStart("summary");
      json.writeEndArray();
      json.writeEndObject();
    }
    Optional<Call> call = facts.form.call(answer.seed());
    if (call.isPresent()) {
      writeCall(json, call.get(), answer);
    } else {
      writeMessage(json, facts, answer, cut ? "incomplete" : "completed");
    }
    json.writeEndArray();
    json.writeBooleanField("parallel_tool_calls", true);
    quote(json, "tool_choice", facts.toolChoice, TextNode.valueOf("auto"));
    quote(json, "tools", facts.tools, JsonNodeFactory.instance.arrayNode());
    quote(json, "text", facts.textOptions, TEXT);
    json.writeObjectFieldStart("usage");
    json.writeNumberField("input_tokens", tokens.input());
    json.writeObjectFieldStart("input_tokens_details");
    json.writeNumberField("cached_tokens", tokens.cached());
    json.writeNumberField("cache_write_tokens", tokens.cacheWrites());
    json.writeEndObject();
    json.writeNumberField("output_tokens", tokens.output());
    json.writeObjectFieldStart("output_tokens_details");
    json.writeNumberField("reasoning_tokens", tokens.reasoning());
    json.writeEndObject();
    json.writeNumberField("total_tokens", tokens.input() + tokens.output());
    json.writeEndObject();
  }

  private void writeMessage(JsonGenerator json, RequestFacts facts, Answer answer, String status)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("id", AnswerWriter.id("msg_", answer));
    json.writeStringField("type", "message");
    json.writeStringField("status", status);
    json.writeStringField("role", "assistant");
    json.writeArrayFieldStart("content");
    json.writeStartObject();
    json.writeStringField("type", "output_text");
    json.writeFieldName("text");
    speech.write(
        json,
        facts.text,
        facts.form,
        answer.seed(),
        answer.tokens().output() - answer.tokens().reasoning());
    json.writeArrayFieldStart("annotations");
    json.writeEndArray();
    json.writeArrayFieldStart("logprobs");
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeCall(JsonGenerator json, Call call, Answer answer) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", AnswerWriter.id("fc_", answer));
    json.writeStringField("type", "function_call");
    json.writeStringField("status", "completed");
    json.writeStringField("call_id", AnswerWriter.id("call_", answer).substring(0, 29));
    json.writeStringField("name", call.name());
    json.writeStringField("arguments", call.text());
    json.writeEndObject();
  }

  private static void quote(
      JsonGenerator json, String name, @Nullable JsonNode asked, JsonNode usual)
      throws IOException {
    json.writeFieldName(name);
    Json.MAPPER.writeTree(json, asked == null ? usual : asked);
  }
}
