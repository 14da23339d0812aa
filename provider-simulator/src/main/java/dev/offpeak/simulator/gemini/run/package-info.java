/** Executing the requests of a batch. */
@NullMarked
package dev.offpeak.simulator.gemini.run;

import org.jspecify.annotations.NullMarked;
