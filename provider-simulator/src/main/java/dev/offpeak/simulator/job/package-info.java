/**
 * What the jobs of every provider share: the scheduler, the line index and the order of execution.
 */
@NullMarked
package dev.offpeak.simulator.job;

import org.jspecify.annotations.NullMarked;
