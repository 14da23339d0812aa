/** Clocks and sleepers that move by hand. */
@NullMarked
package dev.offpeak.testkit.time;

import org.jspecify.annotations.NullMarked;
