package dev.offpeak.provider.account;

import java.util.List;

/** The configured accounts can't be used; lists everything that is wrong with them. */
public final class AccountProblems extends RuntimeException {

  private final transient List<String> problems;

  AccountProblems(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** One sentence for each problem, beginning with the key in the configuration. */
  public List<String> problems() {
    return problems;
  }
}
