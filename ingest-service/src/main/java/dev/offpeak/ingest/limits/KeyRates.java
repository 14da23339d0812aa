package dev.offpeak.ingest.limits;

import dev.offpeak.ingest.auth.RateLimits;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The rates of all keys, as this gateway counts them: several of them behind one address let
 * through as many times as much. Safe for threads.
 */
public final class KeyRates {

  private final LongSupplier nanos;
  private final Map<String, Rate> rates = new ConcurrentHashMap<>();

  /** By a clock of nanoseconds that only goes on. */
  public KeyRates(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * Whether a call may be made now, which is then counted.
   *
   * @param inputTokens that it probably has; corrected when they are known
   */
  public Admission ask(String key, RateLimits limits, long inputTokens) {
    return rates
        .compute(
            key,
            (_, known) -> known != null && known.limits.equals(limits) ? known : new Rate(limits))
        .ask(inputTokens);
  }

  /** What is told to a call. */
  public sealed interface Admission {

    /** It may be made. */
    sealed interface Admitted extends Admission {

      /** It had so many input tokens. */
      void used(long inputTokens);

      /** It has ended. */
      void ended();

      /** The requests of a minute, as they stand. */
      @Nullable Standing requests();

      /** The input tokens of a minute, as they stand. */
      @Nullable Standing tokens();
    }

    /**
     * Not now.
     *
     * @param what there are too many of
     * @param after how long it may be tried again
     */
    record Refused(What what, long limit, Duration after) implements Admission {}
  }

  /** What is limited. */
  public enum What {
    REQUESTS("requests a minute"),
    TOKENS("input tokens a minute"),
    CONCURRENT("calls at the same time");

    private final String words;

    What(String words) {
      this.words = words;
    }

    /** For a person. */
    public String words() {
      return words;
    }
  }

  /** How a limit stands. */
  public record Standing(long limit, long left, Duration full) {}

  private final class Rate {

    private final RateLimits limits;
    private final @Nullable TokenBucket requests;
    private final @Nullable TokenBucket tokens;
    private int underWay;

    Rate(RateLimits limits) {
      this.limits = limits;
      long now = nanos.getAsLong();
      this.requests = limits.requests() == null ? null : new TokenBucket(limits.requests(), now);
      this.tokens =
          limits.inputTokens() == null ? null : new TokenBucket(limits.inputTokens(), now);
    }

    synchronized Admission ask(long inputTokens) {
      long now = nanos.getAsLong();
      if (limits.concurrent() != null && underWay >= limits.concurrent()) {
        return new Admission.Refused(What.CONCURRENT, limits.concurrent(), Duration.ofSeconds(1));
      }
      Duration forRequest = requests == null ? Duration.ZERO : requests.until(1, now);
      if (requests != null && forRequest.isPositive()) {
        return new Admission.Refused(What.REQUESTS, requests.perMinute(), forRequest);
      }
      Duration forTokens = tokens == null ? Duration.ZERO : tokens.until(inputTokens, now);
      if (tokens != null && forTokens.isPositive()) {
        return new Admission.Refused(What.TOKENS, tokens.perMinute(), forTokens);
      }
      if (requests != null) {
        requests.take(1, now);
      }
      if (tokens != null) {
        tokens.take(inputTokens, now);
      }
      underWay++;
      return new Call(this, inputTokens);
    }

    synchronized void correct(long tokensMore) {
      if (tokens != null) {
        tokens.correct(tokensMore, nanos.getAsLong());
      }
    }

    synchronized void end() {
      underWay--;
    }

    synchronized @Nullable Standing standing(@Nullable TokenBucket of) {
      if (of == null) {
        return null;
      }
      long now = nanos.getAsLong();
      return new Standing(of.perMinute(), of.left(now), of.until(of.perMinute(), now));
    }
  }

  private static final class Call implements Admission.Admitted {

    private final Rate rate;
    private final long estimated;

    Call(Rate rate, long estimated) {
      this.rate = rate;
      this.estimated = estimated;
    }

    @Override
    public void used(long inputTokens) {
      rate.correct(estimated - inputTokens);
    }

    @Override
    public void ended() {
      rate.end();
    }

    @Override
    public @Nullable Standing requests() {
      return rate.standing(rate.requests);
    }

    @Override
    public @Nullable Standing tokens() {
      return rate.standing(rate.tokens);
    }
  }
}
