package dev.offpeak.simulator.openai.rules;

/**
 * Observed behaviour that is not in the reference and that clients stumble over.
 *
 * @param shuffledOutput output lines come in another order than the input lines
 * @param emptyErrorFileId {@code error_file_id} is {@code ""} instead of null when nothing failed
 * @param lateOutputFileMs a batch is {@code completed} this long before its file ids are there
 * @param cancelledLinesInErrorFile lines that a cancel kept from running stand in the error file
 */
public record OpenAiQuirks(
    boolean shuffledOutput,
    boolean emptyErrorFileId,
    long lateOutputFileMs,
    boolean cancelledLinesInErrorFile) {
  /** All of them. */
  public static final OpenAiQuirks OBSERVED = new OpenAiQuirks(true, true, 50, true);

  /** None: as the reference says. */
  public static final OpenAiQuirks NONE = new OpenAiQuirks(false, false, 0, true);
}
