package dev.offpeak.simulator.openai.answer;

import dev.offpeak.simulator.answer.Marker;
import dev.offpeak.simulator.chance.Mix;
import dev.offpeak.simulator.openai.request.Endpoint;
import dev.offpeak.simulator.openai.request.RequestFacts;
import dev.offpeak.simulator.openai.rules.OpenAiLimits;
import dev.offpeak.simulator.openai.wire.OpenAiErrors;
import dev.offpeak.simulator.openai.wire.OpenAiErrors.ErrorBody;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides how a request is answered, from its content and the seed alone. The only memory is that
 * of {@code [sim:fail-once=…]}.
 */
public final class AnswerPlan {
  private static final int CACHE_UNIT = 128;
  private static final long CACHE_FROM = 1024;
  private static final int MOST_USUAL_TOKENS = 400;

  private final long seed;
  private final double failureRate;
  private final OpenAiLimits limits;
  private final Set<Long> failedOnce = ConcurrentHashMap.newKeySet();

  /** Answers by a seed; the failure rate is the share, 0 to 1, that fails at random. */
  public AnswerPlan(long seed, double failureRate, OpenAiLimits limits) {
    this.seed = seed;
    this.failureRate = failureRate;
    this.limits = limits;
  }

  /**
   * How a request is answered.
   *
   * @param facts the request
   * @param endpoint what it calls
   * @param marker what it asks to be done to itself
   * @param bodyHash of its body
   * @param chance decides whether it fails at random: differs when the request is tried again
   */
  public Answer answer(
      RequestFacts facts, Endpoint endpoint, Marker marker, long bodyHash, long chance) {
    long itsSeed = Mix.mix(seed, bodyHash);
    Integer wanted = marker.failStatus();
    if (wanted != null && (!marker.once() || failedOnce.add(bodyHash))) {
      return failure(wanted, itsSeed);
    }
    ErrorBody invalid = invalid(facts, endpoint);
    if (invalid != null) {
      return Answer.failed(400, invalid, itsSeed);
    }
    if (Mix.unit(Mix.mix(seed, chance)) < failureRate) {
      return failure(
          switch ((int) (chance & 3)) {
            case 0 -> 429;
            case 1 -> 400;
            default -> 500;
          },
          itsSeed);
    }
    return new Answer(200, null, itsSeed, tokens(facts, endpoint, marker, itsSeed));
  }

  private static Answer failure(int status, long seed) {
    return Answer.failed(status, OpenAiErrors.ofStatus(status, null, null), seed);
  }

  private @Nullable ErrorBody invalid(RequestFacts facts, Endpoint endpoint) {
    if (facts.maxTokens != Long.MAX_VALUE && facts.maxTokens > limits.maxOutputTokens()) {
      String message =
          "%s is too large: %d. This model supports at most %d completion tokens."
              .formatted(facts.maxTokensParam, facts.maxTokens, limits.maxOutputTokens());
      return new ErrorBody(
          message, OpenAiErrors.INVALID_REQUEST, facts.maxTokensParam, "invalid_value");
    }
    if (facts.maxTokens < 1) {
      return new ErrorBody(
          "Invalid '%s': must be at least 1.".formatted(facts.maxTokensParam),
          OpenAiErrors.INVALID_REQUEST,
          facts.maxTokensParam,
          "integer_below_min_value");
    }
    if (facts.items == 0 && endpoint != Endpoint.RESPONSES) {
      String param = endpoint.required().substring("body.".length());
      return new ErrorBody(
          "Invalid '" + param + "': empty array. Expected an array with minimum length 1.",
          OpenAiErrors.INVALID_REQUEST,
          param,
          "empty_array");
    }
    return null;
  }

  private static TokenCount tokens(
      RequestFacts facts, Endpoint endpoint, Marker marker, long itsSeed) {
    long input = facts.promptTokens();
    if (endpoint == Endpoint.EMBEDDINGS || endpoint == Endpoint.MODERATIONS) {
      return new TokenCount(input, 0, 0, 0);
    }
    long cached = input >= CACHE_FROM && itsSeed % 3 == 0 ? input / 2 / CACHE_UNIT * CACHE_UNIT : 0;
    double spread = Mix.unit(Mix.mix(itsSeed, 1));
    long usual = 12 + (long) (spread * spread * MOST_USUAL_TOKENS);
    long visible = Math.min(facts.maxTokens, marker.tokens() > 0 ? marker.tokens() : usual);
    long reasoning = 0;
    if (reasons(Objects.requireNonNullElse(facts.model, ""))) {
      reasoning = Math.min(64 * (1 + Math.floorMod(itsSeed, 5L)), facts.maxTokens - visible);
    }
    return new TokenCount(input, cached, visible * facts.choices + reasoning, reasoning);
  }

  private static boolean reasons(String model) {
    return model.startsWith("gpt-5")
        || model.startsWith("gpt-6")
        || model.startsWith("o3")
        || model.startsWith("o4");
  }
}
