/** Executing the requests of a message batch. */
@NullMarked
package dev.offpeak.simulator.anthropic.run;

import org.jspecify.annotations.NullMarked;
