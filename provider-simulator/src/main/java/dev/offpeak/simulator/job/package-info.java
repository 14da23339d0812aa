/** Jobs of any provider: the record, its states, where it is kept, and its pace. */
@NullMarked
package dev.offpeak.simulator.job;

import org.jspecify.annotations.NullMarked;
