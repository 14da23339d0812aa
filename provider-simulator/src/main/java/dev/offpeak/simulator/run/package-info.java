/** Running jobs: when they are due, how they are executed and how they end. */
@NullMarked
package dev.offpeak.simulator.run;

import org.jspecify.annotations.NullMarked;
