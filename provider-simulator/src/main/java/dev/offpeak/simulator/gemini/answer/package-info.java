/** Making up answers and embeddings and writing them. */
@NullMarked
package dev.offpeak.simulator.gemini.answer;

import org.jspecify.annotations.NullMarked;
