package dev.offpeak.runtime.config.load;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be used; the message lists everything that is wrong with it. */
public final class ConfigProblems extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<ConfigProblem> problems;

  ConfigProblems(String source, List<ConfigProblem> problems) {
    super(
        problems.stream()
            .map(problem -> "  - " + problem)
            .collect(
                Collectors.joining(
                    "\n",
                    problems.size() + " problem(s) in the configuration (" + source + "):\n",
                    "")));
    this.problems = List.copyOf(problems);
  }

  /** All of them, in the order of the settings. */
  public List<ConfigProblem> problems() {
    return problems;
  }
}
