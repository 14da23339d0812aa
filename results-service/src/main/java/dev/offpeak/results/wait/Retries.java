package dev.offpeak.results.wait;

import dev.offpeak.runtime.time.Backoff;
import java.util.random.RandomGenerator;

/**
 * How this service tries again.
 *
 * @param backoff how long it waits
 * @param random for the jitter; used from all threads
 * @param obstacles where it says why
 */
public record Retries(Backoff backoff, RandomGenerator random, Obstacles obstacles) {}
