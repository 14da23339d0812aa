/** How strict and how odd the stand-in for Gemini is. */
@NullMarked
package dev.offpeak.simulator.gemini.rules;

import org.jspecify.annotations.NullMarked;
