package dev.offpeak.simulator.openai.run;

import dev.offpeak.simulator.job.JobContents;
import dev.offpeak.simulator.job.JobError;
import dev.offpeak.simulator.line.SeenIds;
import dev.offpeak.simulator.openai.request.Endpoint;
import dev.offpeak.simulator.openai.request.RequestFacts;
import dev.offpeak.simulator.openai.rules.OpenAiLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks the lines of one input file in turn and adds up what they ask for. Memory is bounded by
 * the number of lines: of each custom id it keeps a 64-bit hash.
 */
final class LineCheck {
  private final Endpoint endpoint;
  private final String url;
  private final OpenAiLimits limits;
  private final Map<String, String> codeNames;
  private final List<JobError> errors = new ArrayList<>();
  private final SeenIds customIds = new SeenIds();
  private @Nullable String model;
  private int lines;
  private long tokens;
  private long embeddingInputs;

  /**
   * @param url how the batch spells its endpoint
   */
  LineCheck(Endpoint endpoint, String url, OpenAiLimits limits, Map<String, String> codeNames) {
    this.endpoint = endpoint;
    this.url = url;
    this.limits = limits;
    this.codeNames = codeNames;
  }

  /** The next line is no JSON object. */
  void unparseable() {
    lines++;
    fail(ValidationCode.INVALID_JSON_LINE, "This line is not parseable as valid JSON.", null);
  }

  /** The next line. */
  void line(RequestFacts facts) {
    lines++;
    checkEnvelope(facts);
    if (facts.bodyStart >= 0) {
      checkBody(facts);
    }
  }

  private void checkEnvelope(RequestFacts facts) {
    String customId = facts.customId;
    if (customId == null) {
      missing("custom_id");
    } else if (customId.isEmpty() || customId.length() > limits.maxCustomIdLength()) {
      fail(
          ValidationCode.INVALID_CUSTOM_ID,
          "The custom_id must have 1 to %d characters.".formatted(limits.maxCustomIdLength()),
          "custom_id");
    } else if (!customIds.add(customId)) {
      fail(
          ValidationCode.DUPLICATE_CUSTOM_ID,
          "The custom_id '" + customId + "' for this request is a duplicate of another request.",
          "custom_id");
    }
    if (facts.method == null) {
      missing("method");
    } else if (!facts.method.equals("POST")) {
      fail(ValidationCode.INVALID_METHOD, "The method must be POST.", "method");
    }
    if (facts.url == null) {
      missing("url");
    } else if (!facts.url.equals(url)) {
      fail(
          ValidationCode.INVALID_URL,
          "URL and Endpoint mismatch: the url '%s' is not the endpoint '%s' of the batch."
              .formatted(facts.url, url),
          "url");
    }
    if (facts.bodyStart < 0) {
      missing("body");
    }
  }

  private void checkBody(RequestFacts facts) {
    checkModel(facts.model);
    if (!endpoint.satisfiedBy(facts)) {
      missing(endpoint.required());
    }
    if (facts.stream) {
      fail(
          ValidationCode.UNSUPPORTED_PARAMETER,
          "Streaming is not supported in the Batch API.",
          "body.stream");
    }
    tokens += facts.promptTokens();
    if (endpoint == Endpoint.EMBEDDINGS) {
      embeddingInputs += facts.items;
    }
  }

  private void checkModel(@Nullable String itsModel) {
    if (itsModel == null) {
      if (endpoint.needsModel()) {
        missing("body.model");
      }
    } else if (model == null) {
      model = itsModel;
      if (!limits.knows(itsModel)) {
        fail(
            ValidationCode.MODEL_NOT_FOUND,
            "The provided model '" + itsModel + "' does not exist or cannot be used in a batch.",
            "body.model");
      }
    } else if (!model.equals(itsModel)) {
      fail(
          ValidationCode.MISMATCHED_MODEL,
          "The provided model '%s' does not match the model '%s' of the lines before; a batch has one model."
              .formatted(itsModel, model),
          "body.model");
    }
  }

  private void missing(String param) {
    fail(
        ValidationCode.MISSING_REQUIRED_PARAMETER,
        "Missing required parameter: '" + param + "'.",
        param);
  }

  private void fail(ValidationCode code, String message, @Nullable String param) {
    if (errors.size() < limits.maxReportedErrors()) {
      errors.add(new JobError(code.wire(codeNames), message, param, lines));
    }
  }

  /** Whether a further line cannot change the result. */
  boolean tooManyLines() {
    return lines > limits.maxRequests();
  }

  /** All that is wrong with the file; empty when nothing is. Called after the last line. */
  List<JobError> errors() {
    if (lines == 0) {
      return List.of(
          new JobError(
              ValidationCode.EMPTY_FILE.wire(codeNames), "The input file is empty.", null, null));
    }
    if (tooManyLines()) {
      return tooMany("The batch has more than the %d requests allowed.", limits.maxRequests());
    }
    if (embeddingInputs > limits.maxEmbeddingInputs()) {
      return tooMany(
          "The batch has more than the %d embedding inputs allowed.", limits.maxEmbeddingInputs());
    }
    return errors;
  }

  private List<JobError> tooMany(String message, int limit) {
    return List.of(
        new JobError(
            ValidationCode.TOO_MANY_TASKS.wire(codeNames), message.formatted(limit), null, null));
  }

  /** What the file holds. */
  JobContents contents() {
    return new JobContents(model == null ? "" : model, lines, tokens);
  }
}
