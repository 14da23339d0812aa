/** The lines of the inputs into llm.requests, each once. */
@NullMarked
package dev.offpeak.standalone.feed;

import org.jspecify.annotations.NullMarked;
