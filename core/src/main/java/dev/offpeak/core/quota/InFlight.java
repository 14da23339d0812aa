package dev.offpeak.core.quota;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What is submitted in one quota scope and has not ended.
 *
 * @param jobs how many, those about to be created included
 * @param requests of those jobs
 * @param tokens of those jobs: input tokens, estimated
 * @param creates when create calls were sent; older ones than a minute may be left out
 */
public record InFlight(int jobs, long requests, long tokens, List<Instant> creates) {

  /** Nothing is in flight, and nothing was created lately. */
  public static final InFlight NOTHING = new InFlight(0, 0, 0, List.of());

  public InFlight {
    if (jobs < 0 || requests < 0 || tokens < 0) {
      throw new IllegalArgumentException(
          jobs + " jobs, " + requests + " requests, " + tokens + " tokens: none may be negative");
    }
    creates = List.copyOf(creates);
  }

  /** The same with one batch more, whose create is sent at that time. */
  public InFlight with(WaitingBatch batch, Instant createdAt) {
    List<Instant> all = new ArrayList<>(creates);
    all.add(createdAt);
    return new InFlight(jobs + 1, requests + batch.requests(), tokens + batch.tokens(), all);
  }
}
