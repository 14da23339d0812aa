package dev.offpeak.simulator.openai.answer;

import dev.offpeak.simulator.answer.Asked;
import dev.offpeak.simulator.answer.Marker;
import dev.offpeak.simulator.answer.TokenCount;
import dev.offpeak.simulator.answer.TokenPlan;
import dev.offpeak.simulator.openai.request.Endpoint;
import dev.offpeak.simulator.openai.request.RequestFacts;
import dev.offpeak.simulator.openai.rules.OpenAiLimits;
import dev.offpeak.simulator.openai.wire.OpenAiErrors;
import dev.offpeak.simulator.openai.wire.OpenAiErrors.ErrorBody;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What OpenAI makes of a request.
 *
 * @param facts the request
 * @param endpoint what it calls
 * @param limits what is allowed
 */
public record OpenAiAsked(RequestFacts facts, Endpoint endpoint, OpenAiLimits limits)
    implements Asked {

  @Override
  public Failure failure(int status) {
    return new Failure(status, OpenAiErrors.ofStatus(status, null, null)::write);
  }

  @Override
  public @Nullable Failure refusal() {
    ErrorBody invalid = invalid();
    return invalid == null ? null : new Failure(400, invalid::write);
  }

  private @Nullable ErrorBody invalid() {
    String param = facts.maxTokensParam;
    if (facts.maxTokens != Long.MAX_VALUE && facts.maxTokens > limits.maxOutputTokens()) {
      String message =
          "%s is too large: %d. This model supports at most %d completion tokens."
              .formatted(param, facts.maxTokens, limits.maxOutputTokens());
      return new ErrorBody(message, OpenAiErrors.INVALID_REQUEST, param, "invalid_value");
    }
    if (facts.maxTokens < 1) {
      return new ErrorBody(
          "Invalid '%s': must be at least 1.".formatted(param),
          OpenAiErrors.INVALID_REQUEST,
          param,
          "integer_below_min_value");
    }
    if (facts.form.mustCall && facts.form.tools.isEmpty()) {
      return wrongChoice("'tool_choice' is only allowed when 'tools' are specified.");
    }
    Optional<String> missing = facts.form.missing();
    if (missing.isPresent()) {
      return wrongChoice(
          "no function named '" + missing.get() + "' was specified in the 'tools' parameter.");
    }
    if (facts.items == 0 && endpoint != Endpoint.RESPONSES) {
      String empty = endpoint.required().substring("body.".length());
      return new ErrorBody(
          "Invalid '" + empty + "': empty array. Expected an array with minimum length 1.",
          OpenAiErrors.INVALID_REQUEST,
          empty,
          "empty_array");
    }
    return null;
  }

  private static ErrorBody wrongChoice(String why) {
    return new ErrorBody(
        "Invalid value for 'tool_choice': " + why,
        OpenAiErrors.INVALID_REQUEST,
        "tool_choice",
        null);
  }

  @Override
  public TokenCount tokens(Marker marker, long seed) {
    long input = facts.promptTokens();
    if (endpoint == Endpoint.EMBEDDINGS || endpoint == Endpoint.MODERATIONS) {
      return TokenCount.ofInput(input);
    }
    long visible = TokenPlan.visible(marker, facts.form, seed, facts.maxTokens);
    long reasoning =
        reasons(facts.modelOrEmpty()) ? TokenPlan.reasoning(seed, facts.maxTokens - visible) : 0;
    return new TokenCount(
        input, TokenPlan.cached(input, seed), 0, visible * facts.choices + reasoning, reasoning);
  }

  private static boolean reasons(String model) {
    return model.startsWith("gpt-5")
        || model.startsWith("gpt-6")
        || model.startsWith("o3")
        || model.startsWith("o4");
  }
}
