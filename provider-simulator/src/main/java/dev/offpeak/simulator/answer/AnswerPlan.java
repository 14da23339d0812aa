package dev.offpeak.simulator.answer;

import dev.offpeak.simulator.answer.Asked.Failure;
import dev.offpeak.simulator.chance.Mix;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Decides how a request is answered, from its content and the seed alone. The only memory is that
 * of {@code [sim:fail-once=…]}.
 */
public final class AnswerPlan {
  private final long seed;
  private final double failureRate;
  private final Set<Long> failedOnce = ConcurrentHashMap.newKeySet();

  /** Answers by a seed; the failure rate is the share, 0 to 1, that fails at random. */
  public AnswerPlan(long seed, double failureRate) {
    this.seed = seed;
    this.failureRate = failureRate;
  }

  /**
   * How a request is answered.
   *
   * @param asked the request
   * @param marker what it asks to be done to itself
   * @param bodyHash of its body
   * @param chance decides whether it fails at random: differs when the request is tried again
   */
  public Answer answer(Asked asked, Marker marker, long bodyHash, long chance) {
    long itsSeed = Mix.mix(seed, bodyHash);
    Integer wanted = marker.failStatus();
    if (wanted != null && (!marker.once() || failedOnce.add(bodyHash))) {
      return failed(asked.failure(wanted), itsSeed);
    }
    Failure refusal = asked.refusal();
    if (refusal != null) {
      return failed(refusal, itsSeed);
    }
    if (Mix.unit(Mix.mix(seed, chance)) < failureRate) {
      return failed(asked.failure(randomStatus(chance)), itsSeed);
    }
    return new Answer(200, null, itsSeed, asked.tokens(marker, itsSeed));
  }

  private static int randomStatus(long chance) {
    return switch ((int) (chance & 3)) {
      case 0 -> 429;
      case 1 -> 400;
      default -> 500;
    };
  }

  private static Answer failed(Failure failure, long seed) {
    return new Answer(failure.status(), failure.error(), seed, TokenCount.NONE);
  }
}
