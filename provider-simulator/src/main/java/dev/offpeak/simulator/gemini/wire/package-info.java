/** What Gemini's answers have in common: errors, keys, pages, operations' status codes. */
@NullMarked
package dev.offpeak.simulator.gemini.wire;

import org.jspecify.annotations.NullMarked;
