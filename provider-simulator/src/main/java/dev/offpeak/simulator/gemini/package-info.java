/** Google's Gemini API for developers: files, batches and synchronous calls, strictly. */
@NullMarked
package dev.offpeak.simulator.gemini;

import org.jspecify.annotations.NullMarked;
