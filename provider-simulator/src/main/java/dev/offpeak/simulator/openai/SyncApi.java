package dev.offpeak.simulator.openai;

import dev.offpeak.simulator.answer.Answer;
import dev.offpeak.simulator.http.Exchange;
import dev.offpeak.simulator.http.Reply;
import dev.offpeak.simulator.json.Json;
import dev.offpeak.simulator.openai.answer.AnswerEvents;
import dev.offpeak.simulator.openai.answer.AnswerWriter;
import dev.offpeak.simulator.openai.answer.OpenAiAsked;
import dev.offpeak.simulator.openai.request.Endpoint;
import dev.offpeak.simulator.openai.request.RequestFacts;
import dev.offpeak.simulator.openai.request.RequestScanner;
import dev.offpeak.simulator.openai.rules.OpenAiLimits;
import dev.offpeak.simulator.openai.wire.OpenAiErrors;
import dev.offpeak.simulator.openai.wire.OpenAiErrors.ErrorBody;
import dev.offpeak.simulator.run.LiveCalls;
import dev.offpeak.simulator.stream.Course;
import dev.offpeak.simulator.time.SimClock;
import java.io.IOException;

/** The synchronous calls: answered at once, at the full price. */
final class SyncApi {
  private static final int MAX_BODY_BYTES = 32 << 20;

  private final LiveCalls calls;
  private final OpenAiLimits limits;
  private final SimClock clock;

  SyncApi(LiveCalls calls, OpenAiLimits limits, SimClock clock) {
    this.calls = calls;
    this.limits = limits;
    this.clock = clock;
  }

  Reply answer(Endpoint endpoint, Exchange exchange) throws IOException {
    byte[] body = body(exchange);
    RequestFacts facts = scan(body);
    check(endpoint, facts);
    OpenAiAsked asked = new OpenAiAsked(facts, endpoint, limits);
    Answer answer =
        calls.answer(exchange.owner(), exchange.clientId(), body, facts.modelOrEmpty(), asked);
    int status = answer.status() == 0 ? 500 : answer.status();
    byte[] written =
        Json.bytes(
            json -> new AnswerWriter().write(json, endpoint, facts, answer, clock.seconds()));
    return facts.stream && answer.succeeded()
        ? AnswerEvents.of(endpoint, facts, written, Course.of(body))
        : Reply.json(status, written);
  }

  private static byte[] body(Exchange exchange) throws IOException {
    ErrorBody tooLarge =
        new ErrorBody("The request is too large.", OpenAiErrors.INVALID_REQUEST, null, null);
    return exchange.body(MAX_BODY_BYTES, OpenAiErrors.reply(413, tooLarge));
  }

  private static RequestFacts scan(byte[] body) {
    try {
      return RequestScanner.body(body);
    } catch (IOException e) {
      throw OpenAiErrors.refuse(
          "We could not parse the JSON body of your request. The API expects a JSON payload.",
          null,
          null);
    }
  }

  private void check(Endpoint endpoint, RequestFacts facts) {
    if (facts.model == null && endpoint.needsModel()) {
      throw missing("model");
    }
    if (facts.model != null && !limits.knows(facts.model)) {
      throw OpenAiErrors.noModel(facts.model);
    }
    if (!endpoint.satisfiedBy(facts)) {
      throw missing(endpoint.required().substring("body.".length()));
    }
    if (facts.stream && !AnswerEvents.streams(endpoint)) {
      throw OpenAiErrors.refuse(
          "Unrecognized request argument supplied: stream", null, "unknown_parameter");
    }
  }

  private static RuntimeException missing(String param) {
    return OpenAiErrors.refuse(
        "Missing required parameter: '" + param + "'.", param, "missing_required_parameter");
  }
}
