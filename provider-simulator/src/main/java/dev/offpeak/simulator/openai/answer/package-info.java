/** Making up answers and writing them in the shape of their endpoint. */
@NullMarked
package dev.offpeak.simulator.openai.answer;

import org.jspecify.annotations.NullMarked;
