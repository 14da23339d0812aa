package dev.offpeak.submitter.batch;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names under which what we leave at a provider is found again: unique for each attempt of each
 * batch, and told from those of other installations that share the account.
 *
 * @param installation of this cluster and topic prefix
 */
public record JobNames(String installation) {

  private static final Pattern BEHIND_PREFIX =
      Pattern.compile("([0-9A-HJKMNP-TV-Z]{26})-[0-9]+(?:\\.jsonl)?");

  /** What is put at the provider's job. */
  public String marker(String batchId, int attempt) {
    return prefix() + batchId + "-" + attempt;
  }

  /** The input file's name. */
  public String file(String batchId, int attempt) {
    return marker(batchId, attempt) + ".jsonl";
  }

  /**
   * The batch that a name or marker of ours belongs to; null when it is none of this installation.
   */
  public @Nullable String batchId(String name) {
    Matcher parts = BEHIND_PREFIX.matcher(name);
    return name.startsWith(prefix()) && parts.region(prefix().length(), name.length()).matches()
        ? parts.group(1)
        : null;
  }

  /** How all of them begin. */
  public String prefix() {
    return "offpeak-" + installation + "-";
  }
}
