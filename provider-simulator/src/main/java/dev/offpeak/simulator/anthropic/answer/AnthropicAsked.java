package dev.offpeak.simulator.anthropic.answer;

import dev.offpeak.simulator.answer.Asked;
import dev.offpeak.simulator.answer.Marker;
import dev.offpeak.simulator.answer.TokenCount;
import dev.offpeak.simulator.answer.TokenPlan;
import dev.offpeak.simulator.anthropic.request.MessageFacts;
import dev.offpeak.simulator.anthropic.rules.AnthropicLimits;
import dev.offpeak.simulator.anthropic.wire.AnthropicErrors;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Anthropic makes of a request. Params are only looked at when the request is executed: one
 * that is not valid is an errored result, not a refused batch.
 *
 * @param facts the request
 * @param limits what is allowed
 * @param terms what the call is held to
 * @param requestId of the call, quoted in errors
 */
public record AnthropicAsked(
    MessageFacts facts, AnthropicLimits limits, Terms terms, String requestId) implements Asked {
  private static final long CACHE_FROM = 1024;
  private static final Set<String> SAMPLING = Set.of("temperature", "top_p", "top_k");

  /**
   * What a call is held to.
   *
   * @param mostTokens the most that {@code max_tokens} may be
   * @param refusesSampling whether its version has no sampling parameters
   * @param streams whether its answer can be a stream
   */
  public record Terms(long mostTokens, boolean refusesSampling, boolean streams) {}

  @Override
  public Failure failure(int status) {
    return failure(status == 0 ? 500 : status, null);
  }

  private Failure failure(int status, @Nullable String message) {
    AnthropicErrors.ErrorBody body = AnthropicErrors.ofStatus(status, null, message);
    return new Failure(status, json -> body.write(json, requestId));
  }

  @Override
  public @Nullable Failure refusal() {
    String model = facts.model;
    if (model != null && !limits.knows(model)) {
      return failure(404, "model: " + model);
    }
    String wrong = wrong();
    return wrong == null ? null : failure(400, wrong);
  }

  private @Nullable String wrong() {
    if (facts.model == null) {
      return "model: Field required";
    }
    if (!facts.hasMaxTokens) {
      return "max_tokens: Field required";
    }
    if (facts.maxTokens < 1) {
      return "max_tokens: Input should be greater than or equal to 1";
    }
    if (facts.maxTokens > terms.mostTokens) {
      return "max_tokens: %d > %d, which is the maximum allowed number of output tokens for %s"
          .formatted(facts.maxTokens, terms.mostTokens, facts.model);
    }
    if (!facts.hasMessages) {
      return "messages: Field required";
    }
    if (facts.messages == 0) {
      return "messages: at least one message is required";
    }
    if (facts.stream && !terms.streams) {
      return "stream: streaming is not supported here";
    }
    if (facts.form.mustCall && facts.form.tools.isEmpty()) {
      return "tool_choice: may only be specified while providing tools";
    }
    Optional<String> missing = facts.form.missing();
    if (missing.isPresent()) {
      return "tool_choice: Tool '" + missing.get() + "' not found in provided tools";
    }
    Optional<String> refused =
        facts.names.stream()
            .filter(
                name ->
                    limits.refusedParams().contains(name)
                        || (terms.refusesSampling && SAMPLING.contains(name)))
            .findFirst();
    return refused.map(name -> name + ": Extra inputs are not permitted").orElse(null);
  }

  @Override
  public TokenCount tokens(Marker marker, long seed) {
    long input = facts.promptTokens();
    boolean cacheable = facts.text.marksCache() && input >= CACHE_FROM;
    long marked = cacheable ? input * 3 / 4 : 0;
    // Hits are best effort: two of three find what an earlier request wrote.
    boolean hit = seed % 3 != 0;
    long visible = TokenPlan.visible(marker, facts.form, seed, facts.maxTokens);
    long thoughts = facts.thinks ? TokenPlan.reasoning(seed, facts.maxTokens - visible) : 0;
    return new TokenCount(input, hit ? marked : 0, hit ? 0 : marked, visible + thoughts, thoughts);
  }
}
