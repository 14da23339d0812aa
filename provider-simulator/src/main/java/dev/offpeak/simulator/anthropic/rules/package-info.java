/** How strict and how odd the stand-in for Anthropic is. */
@NullMarked
package dev.offpeak.simulator.anthropic.rules;

import org.jspecify.annotations.NullMarked;
