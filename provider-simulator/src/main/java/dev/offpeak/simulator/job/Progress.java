package dev.offpeak.simulator.job;

import dev.offpeak.simulator.answer.TokenCount;

/**
 * How far the execution of a job is. The lengths say how much of each file counts: what a killed
 * process wrote beyond them is cut off and executed again.
 *
 * @param executed requests executed, in execution order
 * @param failed those of them that ended with an error
 * @param outputBytes length of the output file
 * @param errorBytes length of the error file
 * @param ledgerBytes length of the ledger file
 * @param tokens billed tokens
 */
public record Progress(
    int executed,
    int failed,
    long outputBytes,
    long errorBytes,
    long ledgerBytes,
    TokenCount tokens) {
  static final Progress NONE = new Progress(0, 0, 0, 0, 0, TokenCount.NONE);

  /** The same with longer result files. */
  public Progress withFiles(long output, long error) {
    return new Progress(executed, failed, output, error, ledgerBytes, tokens);
  }

  /** Requests that succeeded. */
  public int succeeded() {
    return executed - failed;
  }
}
