package dev.offpeak.provider.account;

/**
 * Models by name: {@code *} stands for any run of characters, everything else for itself.
 *
 * @param glob such as {@code gpt-*}
 */
record ModelPattern(String glob) {

  boolean matches(String model) {
    int pattern = 0;
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
