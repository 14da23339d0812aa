package dev.offpeak.core.job;

import java.time.Instant;

/**
 * What a decision may know of the world.
 *
 * @param now the time
 * @param chance a random number from 0 (inclusive) to 1 (exclusive), for jitter
 * @param cancelWanted whether somebody wants the batch cancelled
 */
public record Moment(Instant now, double chance, boolean cancelWanted) {}
