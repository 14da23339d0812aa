package dev.offpeak.system.chaos;

import java.time.Duration;

/**
 * One thing that is done to one process.
 *
 * @param at since the beginning
 * @param victim its index among the processes
 * @param deed what
 * @param lasting how long it is down, or frozen
 */
record Blow(Duration at, int victim, Deed deed, Duration lasting) {}
