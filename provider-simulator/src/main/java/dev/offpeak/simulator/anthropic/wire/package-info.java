/** What Anthropic's answers have in common: errors, headers, keys, times. */
@NullMarked
package dev.offpeak.simulator.anthropic.wire;

import org.jspecify.annotations.NullMarked;
