package dev.offpeak.schemas.topic;

import java.util.List;

/** Topics are not as they must be. The message lists every problem and what to do about it. */
public final class TopicProblems extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  TopicProblems(List<String> problems) {
    super("the topics are not as they must be:\n  - " + String.join("\n  - ", problems));
    this.problems = List.copyOf(problems);
  }

  /** One sentence or more for each problem: the topic, what it is like, the rule, what to do. */
  public List<String> problems() {
    return problems;
  }
}
