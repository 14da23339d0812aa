package dev.offpeak.simulator.ledger;

import dev.offpeak.simulator.answer.Answer;

/**
 * One executed request.
 *
 * @param at simulated milliseconds since the epoch
 * @param provider for instance {@code openai}
 * @param owner the organisation that pays
 * @param job the job that executed it, or {@code sync}
 * @param customId the id that the line carried; of a synchronous call its {@code
 *     X-Client-Request-Id}, or empty
 * @param bodySha256 hash of the bytes of the request body as they were sent, in hex
 * @param model the model asked for
 * @param status the HTTP status of the answer
 * @param inputTokens tokens read, cached ones and those written to a cache included
 * @param cachedTokens those of them that came from a cache
 * @param cacheWriteTokens those of them that were written to a cache
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
    long cacheWriteTokens,
    long outputTokens,
    boolean billed) {

  /** The job name of calls made outside any batch, which cost the full price. */
  public static final String SYNC = "sync";

  /** The same, but not paid for. */
  LedgerEntry unbilled() {
    return new LedgerEntry(
        at,
        provider,
        owner,
        job,
        customId,
        bodySha256,
        model,
        status,
        inputTokens,
        cachedTokens,
        cacheWriteTokens,
        outputTokens,
        false);
  }

  /**
   * Who executes and pays.
   *
   * @param provider for instance {@code openai}
   * @param owner the organisation
   * @param job the job, or {@link #SYNC}
   */
  public record Payer(String provider, String owner, String job) {}

  /** The entry of an answered request. */
  public static LedgerEntry of(
      long at, Payer payer, String customId, String bodySha256, String model, Answer answer) {
    return new LedgerEntry(
        at,
        payer.provider,
        payer.owner,
        payer.job,
        customId,
        bodySha256,
        model,
        answer.status(),
        answer.tokens().input(),
        answer.tokens().cached(),
        answer.tokens().cacheWrites(),
        answer.tokens().output(),
        answer.succeeded());
  }
}
