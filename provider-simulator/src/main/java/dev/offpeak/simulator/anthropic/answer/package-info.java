/** Making up messages and writing them. */
@NullMarked
package dev.offpeak.simulator.anthropic.answer;

import org.jspecify.annotations.NullMarked;
