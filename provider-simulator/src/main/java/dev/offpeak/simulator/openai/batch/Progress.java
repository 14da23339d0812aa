package dev.offpeak.simulator.openai.batch;

import dev.offpeak.simulator.openai.answer.TokenCount;

/**
 * How far the execution of a batch is. The lengths say how much of each file counts: what a killed
 * process wrote beyond them is cut off and executed again.
 *
 * @param executed lines executed, in execution order
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
}
