/** What OpenAI's answers have in common: errors, pages, headers, keys. */
@NullMarked
package dev.offpeak.simulator.openai.wire;

import org.jspecify.annotations.NullMarked;
