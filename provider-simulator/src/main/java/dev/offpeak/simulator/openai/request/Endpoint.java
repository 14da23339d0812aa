package dev.offpeak.simulator.openai.request;

import java.util.Arrays;
import java.util.Optional;

/** The endpoints that a batch may be for and that the simulator can answer. */
public enum Endpoint {
  CHAT("/v1/chat/completions", "body.messages"),
  RESPONSES("/v1/responses", "body.input"),
  EMBEDDINGS("/v1/embeddings", "body.input"),
  COMPLETIONS("/v1/completions", "body.prompt"),
  MODERATIONS("/v1/moderations", "body.input");

  private final String path;
  private final String required;

  Endpoint(String path, String required) {
    this.path = path;
    this.required = required;
  }

  /** The path, for instance {@code /v1/responses}. */
  public String path() {
    return path;
  }

  /** The field that the body must have besides the model. */
  public String required() {
    return required;
  }

  /** Whether the body must name a model. */
  public boolean needsModel() {
    return this != MODERATIONS;
  }

  /** Whether a request has its required field. */
  public boolean satisfiedBy(RequestFacts facts) {
    return switch (this) {
      case CHAT -> facts.hasMessages;
      case RESPONSES -> facts.hasInput || facts.hasPrompt;
      case EMBEDDINGS, MODERATIONS -> facts.hasInput;
      case COMPLETIONS -> facts.hasPrompt;
    };
  }

  /** The endpoint of a path, also one without version; empty when the simulator answers none. */
  public static Optional<Endpoint> of(String path) {
    return Arrays.stream(values())
        .filter(e -> e.path.equals(path) || e.path.equals("/v1" + path))
        .findFirst();
  }
}
