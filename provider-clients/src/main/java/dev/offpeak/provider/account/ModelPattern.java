package dev.offpeak.provider.account;

import java.util.List;

/**
 * Models by name: {@code *} stands for any run of characters, everything else for itself. Behind an
 * exclamation mark stand models that are not meant.
 *
 * @param glob such as {@code gpt-*}
 */
public record ModelPattern(String glob) {

  private static final String NOT = "!";

  /**
   * Whether one of these patterns matches the model, and none of those behind an exclamation mark;
   * where there are no others, any model is meant but for these.
   */
  public static boolean takes(List<String> globs, String model) {
    List<ModelPattern> all = globs.stream().map(ModelPattern::new).toList();
    boolean anyIsMeant = all.stream().allMatch(ModelPattern::isExclusion);
    return (anyIsMeant || all.stream().anyMatch(each -> !each.isExclusion() && each.matches(model)))
        && all.stream().noneMatch(each -> each.isExclusion() && each.matches(model));
  }

  /** Whether it says which models are not meant. */
  boolean isExclusion() {
    return glob.startsWith(NOT);
  }

  boolean matches(String model) {
    int pattern = isExclusion() ? NOT.length() : 0;
    int at = 0;
    int star = -1;
    int resume = 0;
    while (at < model.length()) {
      if (pattern < glob.length() && glob.charAt(pattern) == '*') {
        star = pattern++;
        resume = at;
      } else if (pattern < glob.length() && glob.charAt(pattern) == model.charAt(at)) {
        pattern++;
        at++;
      } else if (star >= 0) {
        pattern = star + 1;
        at = ++resume;
      } else {
        return false;
      }
    }
    while (pattern < glob.length() && glob.charAt(pattern) == '*') {
      pattern++;
    }
    return pattern == glob.length();
  }
}
