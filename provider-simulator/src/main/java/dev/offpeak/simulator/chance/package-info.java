/** Choices that look random and come out the same in every run. */
@NullMarked
package dev.offpeak.simulator.chance;

import org.jspecify.annotations.NullMarked;
