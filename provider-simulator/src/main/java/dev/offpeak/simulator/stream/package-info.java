/** Answers that are sent piece by piece, as events. */
@NullMarked
package dev.offpeak.simulator.stream;

import org.jspecify.annotations.NullMarked;
