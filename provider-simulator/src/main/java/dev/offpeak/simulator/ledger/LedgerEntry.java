package dev.offpeak.simulator.ledger;

/**
 * One executed request.
 *
 * @param at simulated milliseconds since the epoch
 * @param provider for instance {@code openai}
 * @param owner the organisation that pays
 * @param job the job that executed it, or {@code sync}
 * @param customId the id that the line carried, empty for a synchronous call
 * @param bodySha256 hash of the bytes of the request body as they were sent, in hex
 * @param model the model asked for
 * @param status the HTTP status of the answer
 * @param inputTokens tokens read, cached ones included
 * @param cachedTokens those of them that were cached
 * @param outputTokens tokens written
 * @param billed whether the owner pays for it
 */
public record LedgerEntry(
    long at,
    String provider,
    String owner,
    String job,
    String customId,
    String bodySha256,
    String model,
    int status,
    long inputTokens,
    long cachedTokens,
    long outputTokens,
    boolean billed) {

  /** The job name of calls made outside any batch, which cost the full price. */
  public static final String SYNC = "sync";
}
