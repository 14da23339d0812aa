package dev.offpeak.standalone.report;

/**
 * Tokens and money.
 *
 * @param input tokens, cached ones included
 * @param output tokens
 * @param picoUsd batch price in 10^-12 USD
 * @param syncPicoUsd what the same calls would have cost synchronously
 * @param unpriced requests whose model has no price
 */
public record Spend(long input, long output, long picoUsd, long syncPicoUsd, long unpriced) {

  /** Nothing. */
  public static final Spend NONE = new Spend(0, 0, 0, 0, 0);

  /** Both together. */
  public Spend plus(Spend other) {
    return new Spend(
        input + other.input,
        output + other.output,
        picoUsd + other.picoUsd,
        syncPicoUsd + other.syncPicoUsd,
        unpriced + other.unpriced);
  }
}
