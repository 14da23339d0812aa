/** Simulated time: a clock that can run fast or be advanced by hand. */
@NullMarked
package dev.offpeak.simulator.time;

import org.jspecify.annotations.NullMarked;
