package dev.offpeak.submitter.batch;

/**
 * The names under which what we leave at a provider is found again: unique for each attempt of each
 * batch, and told from those of other installations that share the account.
 *
 * @param installation of this cluster and topic prefix
 */
public record JobNames(String installation) {

  /** What is put at the provider's job. */
  public String marker(String batchId, int attempt) {
    return prefix() + batchId + "-" + attempt;
  }

  /** The input file's name. */
  public String file(String batchId, int attempt) {
    return marker(batchId, attempt) + ".jsonl";
  }

  /** How all of them begin. */
  public String prefix() {
    return "offpeak-" + installation + "-";
  }
}
