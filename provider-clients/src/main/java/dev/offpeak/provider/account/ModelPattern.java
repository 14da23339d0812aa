package dev.offpeak.provider.account;

/**
 * Models by name: {@code *} stands for any run of characters, everything else for itself. Behind an
 * exclamation mark stand models that are not meant.
 *
 * @param glob such as {@code gpt-*}
 */
record ModelPattern(String glob) {

  private static final String NOT = "!";

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
