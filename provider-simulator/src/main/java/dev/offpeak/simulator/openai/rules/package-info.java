/** How strict and how odd the stand-in for OpenAI is. */
@NullMarked
package dev.offpeak.simulator.openai.rules;

import org.jspecify.annotations.NullMarked;
