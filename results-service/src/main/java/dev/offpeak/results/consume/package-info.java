/** Takes ended jobs from llm.completions and works off each partition on a thread of its own. */
@NullMarked
package dev.offpeak.results.consume;

import org.jspecify.annotations.NullMarked;
