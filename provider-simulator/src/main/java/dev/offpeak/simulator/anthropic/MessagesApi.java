package dev.offpeak.simulator.anthropic;

import dev.offpeak.simulator.answer.Answer;
import dev.offpeak.simulator.anthropic.answer.AnthropicAsked;
import dev.offpeak.simulator.anthropic.answer.AnthropicAsked.Terms;
import dev.offpeak.simulator.anthropic.answer.MessageEvents;
import dev.offpeak.simulator.anthropic.answer.MessageWriter;
import dev.offpeak.simulator.anthropic.request.MessageFacts;
import dev.offpeak.simulator.anthropic.request.MessageScanner;
import dev.offpeak.simulator.anthropic.rules.AnthropicLimits;
import dev.offpeak.simulator.anthropic.wire.AnthropicErrors;
import dev.offpeak.simulator.anthropic.wire.AnthropicFront;
import dev.offpeak.simulator.http.Exchange;
import dev.offpeak.simulator.http.Reply;
import dev.offpeak.simulator.json.Json;
import dev.offpeak.simulator.run.LiveCalls;
import dev.offpeak.simulator.store.Ids;
import dev.offpeak.simulator.stream.Course;
import java.io.IOException;

/** {@code POST /v1/messages}: answered at once, at the full price. */
final class MessagesApi {
  private final LiveCalls calls;
  private final AnthropicLimits limits;
  private final Ids ids;

  MessagesApi(LiveCalls calls, AnthropicLimits limits, Ids ids) {
    this.calls = calls;
    this.limits = limits;
    this.ids = ids;
  }

  Reply answer(Exchange exchange) throws IOException {
    byte[] body =
        exchange.body(limits.maxMessageBytes(), AnthropicErrors.refusal(413, null).reply());
    MessageFacts facts = scan(body);
    String requestId = AnthropicFront.requestId(ids);
    Terms terms =
        new Terms(limits.maxOutputTokens(), AnthropicFront.refusesSampling(exchange), true);
    AnthropicAsked asked = new AnthropicAsked(facts, limits, terms, requestId);
    Answer answer =
        calls.answer(exchange.owner(), exchange.clientId(), body, facts.modelOrEmpty(), asked);
    Json.Writer error = answer.error();
    Json.Writer message = json -> new MessageWriter("standard").write(json, facts, answer);
    byte[] written = Json.bytes(error == null ? message : error);
    Reply reply =
        facts.stream && error == null
            ? MessageEvents.of(written, Course.of(body), requestId)
            : Reply.json(answer.status(), written);
    return reply.with(AnthropicFront.REQUEST_ID, requestId);
  }

  /** {@code POST /v1/messages/count_tokens}: costs nothing and is not in the ledger. */
  Reply count(Exchange exchange) throws IOException {
    byte[] body =
        exchange.body(limits.maxMessageBytes(), AnthropicErrors.refusal(413, null).reply());
    MessageFacts facts = scan(body);
    if (facts.model == null || !facts.hasMessages) {
      throw AnthropicErrors.refuse(
          (facts.model == null ? "model" : "messages") + ": Field required");
    }
    if (!limits.knows(facts.model)) {
      throw AnthropicErrors.notFound("model: " + facts.model);
    }
    return Reply.json(
        200,
        Json.bytes(
            json -> {
              json.writeStartObject();
              json.writeNumberField("input_tokens", facts.promptTokens());
              json.writeEndObject();
            }));
  }

  private static MessageFacts scan(byte[] body) {
    try {
      return MessageScanner.body(body);
    } catch (IOException e) {
      throw AnthropicErrors.refuse("The request body is not valid JSON: " + e.getMessage());
    }
  }
}
