/** Answers made up from the request alone: the same request gets the same words. */
@NullMarked
package dev.offpeak.simulator.answer;

import org.jspecify.annotations.NullMarked;
