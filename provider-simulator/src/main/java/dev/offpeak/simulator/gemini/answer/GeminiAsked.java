package dev.offpeak.simulator.gemini.answer;

import dev.offpeak.simulator.answer.Asked;
import dev.offpeak.simulator.answer.Marker;
import dev.offpeak.simulator.answer.TokenCount;
import dev.offpeak.simulator.answer.TokenPlan;
import dev.offpeak.simulator.chance.Mix;
import dev.offpeak.simulator.gemini.request.GeminiFacts;
import dev.offpeak.simulator.gemini.rules.GeminiLimits;
import dev.offpeak.simulator.gemini.wire.GeminiErrors;
import dev.offpeak.simulator.gemini.wire.RpcCode;
import org.jspecify.annotations.Nullable;

/**
 * What Gemini makes of a request.
 *
 * @param facts the request
 * @param kind what it asks for
 * @param model who is asked
 * @param limits what is allowed
 * @param live whether an error comes in the envelope of a call, or as the bare status that stands
 *     in results
 */
public record GeminiAsked(
    GeminiFacts facts, Kind kind, String model, GeminiLimits limits, boolean live)
    implements Asked {
  private static final long LEAST_CACHED_CONTENT = 1024;

  @Override
  public Failure failure(int status) {
    return failure(status, GeminiErrors.usual(status));
  }

  private Failure failure(int status, String message) {
    RpcCode code = RpcCode.ofHttp(status);
    int http = status == 0 ? code.http() : status;
    return new Failure(
        http,
        json -> {
          if (live) {
            GeminiErrors.write(json, http, code.name(), message);
          } else {
            json.writeStartObject();
            json.writeNumberField("code", code.number());
            json.writeStringField("message", message);
            json.writeEndObject();
          }
        });
  }

  @Override
  public @Nullable Failure refusal() {
    String wrong = wrong();
    return wrong == null ? null : failure(400, wrong);
  }

  private @Nullable String wrong() {
    if (facts.misplaced != null) {
      return "Invalid JSON payload received. Unknown name \"%s\": Cannot find field."
          .formatted(facts.misplaced);
    }
    if (facts.contents < 1) {
      return kind == Kind.GENERATE
          ? "* GenerateContentRequest.contents: contents is not specified"
          : "* EmbedContentRequest.content: content is not specified";
    }
    if (facts.maxTokens != Long.MAX_VALUE
        && (facts.maxTokens < 1 || facts.maxTokens > limits.maxOutputTokens())) {
      return "Unable to submit request because it has a maxOutputTokens value of %d but the supported range is from 1 (inclusive) to %d (exclusive)."
          .formatted(facts.maxTokens, limits.maxOutputTokens() + 1);
    }
    if (facts.form.mustCall && facts.form.tools.isEmpty()) {
      return "Function calling config is set without function_declarations.";
    }
    return facts
        .form
        .missing()
        .map(name -> "`allowed_function_names` contains functions that are not declared: " + name)
        .orElse(null);
  }

  @Override
  public TokenCount tokens(Marker marker, long seed) {
    long prompt = facts.promptTokens();
    if (kind == Kind.EMBED) {
      return TokenCount.ofInput(prompt);
    }
    long explicit = cachedContentTokens();
    long visible = TokenPlan.visible(marker, facts.form, seed, facts.maxTokens) * facts.candidates;
    long thoughts = thinks() ? thoughts(seed, visible) : 0;
    return new TokenCount(
        prompt + explicit,
        explicit > 0 ? explicit : TokenPlan.cached(prompt, seed),
        0,
        visible + thoughts,
        thoughts);
  }

  /** Tokens of a named cached content: always the same for the same name. */
  private long cachedContentTokens() {
    String name = facts.cachedContent;
    return name == null ? 0 : LEAST_CACHED_CONTENT + Math.floorMod(Mix.hash(name), 8192L);
  }

  private boolean thinks() {
    return facts.thinkingBudget != 0 && !model.contains("lite") && !model.contains("gemini-2.0");
  }

  private long thoughts(long seed, long visible) {
    long most = Math.max(0, facts.maxTokens - visible);
    return TokenPlan.reasoning(
        seed, facts.thinkingBudget > 0 ? Math.min(most, facts.thinkingBudget) : most);
  }
}
