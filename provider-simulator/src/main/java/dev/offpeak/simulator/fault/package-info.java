/** Faults scripted or random by seed: which call they meet and what they do to it. */
@NullMarked
package dev.offpeak.simulator.fault;

import org.jspecify.annotations.NullMarked;
